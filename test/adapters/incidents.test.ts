import { describe } from 'vitest';
import { DynamodbChannelPauses } from '../../adapters/dynamodb-channel-pauses.ts';
import { DynamodbDeliveries } from '../../adapters/dynamodb-deliveries.ts';
import { DynamodbGroups } from '../../adapters/dynamodb-groups.ts';
import { DynamodbIncidentArchive } from '../../adapters/dynamodb-incident-archive.ts';
import { MemoryChannelPauses } from '../../adapters/memory-channel-pauses.ts';
import { MemoryDeliveries } from '../../adapters/memory-deliveries.ts';
import { MemoryGroups } from '../../adapters/memory-groups.ts';
import { MemoryIncidentArchive } from '../../adapters/memory-incident-archive.ts';
import { channelPausesContract } from '../support/channel-pauses-contract.ts';
import { deliveriesContract } from '../support/deliveries-contract.ts';
import { dynamodbTables } from '../support/dynamodb-tables.ts';
import { groupsContract } from '../support/groups-contract.ts';
import { handClock } from '../support/hand-clock.ts';
import { incidentArchiveContract } from '../support/incident-archive-contract.ts';

const { client, fresh } = dynamodbTables();
const pageSize = 4;

describe('in memory', () => {
  groupsContract(() => new MemoryGroups());
  incidentArchiveContract((options) => new MemoryIncidentArchive(options));
  deliveriesContract(() => new MemoryDeliveries());
  channelPausesContract(() => new MemoryChannelPauses());
});

describe('in DynamoDB', () => {
  const retention = { clock: handClock('2026-11-21T12:00:00Z'), retentionDays: 15 };
  groupsContract(async () => new DynamodbGroups(client(), await fresh('incidents'), { pageSize }));
  incidentArchiveContract(
    async (options) => new DynamodbIncidentArchive(client(), await fresh('incidents'), { ...options, pageSize }),
  );
  deliveriesContract(async () => new DynamodbDeliveries(client(), await fresh('incidents'), retention));
  channelPausesContract(async () => new DynamodbChannelPauses(client(), await fresh('incidents')));
});
