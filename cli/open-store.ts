import { DynamodbExecutionHistory } from '../adapters/dynamodb-execution-history.ts';
import { DynamodbGroups } from '../adapters/dynamodb-groups.ts';
import { DynamodbIncidentArchive } from '../adapters/dynamodb-incident-archive.ts';
import { SystemClock } from '../adapters/system-clock.ts';
import { parseDefinition } from '../catalog/parse-definition.ts';
import type { AgentDisks, Instruments } from '../core/checks/observe.ts';
import type { MonitoringDocument } from '../core/definition/document.ts';
import type { BatchLedger, ExecutionHistory } from '../core/history/execution-history.ts';
import type { Groups, IncidentArchive } from '../core/incidents/ports.ts';
import { UserError } from '../core/user-error.ts';
import { laptopInstruments } from '../laptop/run-laptop.ts';
import { StateFolder } from '../laptop/state-folder.ts';
import { reachStore, storesOver } from '../laptop/store.ts';
import { loadConfig } from './load-config.ts';

/** Where a command looks: this laptop, or a stack that is deployed. */
export interface Place {
  state: string;
  /** The name of the deployed state stack, `<name>-<stage>-state`. */
  stack?: string;
  profile?: string;
  region?: string;
  /** Of the config, for who asks a stack: its document is read here. @default monitoring.config.ts */
  config?: string;
  stage?: string;
}

/** The history and the incidents of a place, until it is closed. */
export interface ReachedHistory {
  history: ExecutionHistory & BatchLedger;
  groups: Groups;
  archive: IncidentArchive;
  timeZone: string;
  /** What is monitored there. */
  document(): Promise<MonitoringDocument>;
  /** What a check looks with from here. */
  instruments: Instruments;
  close(): Promise<void>;
}

/** Finds what a place remembers. */
export async function reachHistory(place: Place): Promise<ReachedHistory> {
  return place.stack === undefined ? reachLaptop(place) : reachStack(place.stack, place);
}

async function reachLaptop(place: Place): Promise<ReachedHistory> {
  const reached = await reachStore(new StateFolder(place.state));
  if (!reached)
    throw new UserError(
      `Nothing has run here yet (no state in ${place.state}). Start it with npm start, or name a deployed stack with --stack.`,
    );
  const { store, document } = reached;
  const { history, groups, archive } = storesOver(store.client, document, new SystemClock());
  return {
    history,
    groups,
    archive,
    timeZone: document.timeZone,
    document: async () => document,
    instruments: { ...laptopInstruments(), ledger: history, runs: history },
    close: store.close,
  };
}

async function reachStack(stack: string, place: Place): Promise<ReachedHistory> {
  if (place.profile) process.env['AWS_PROFILE'] = place.profile;
  if (place.region) process.env['AWS_REGION'] = place.region;
  const { CloudFormationClient, DescribeStackResourcesCommand } = await import('@aws-sdk/client-cloudformation');
  const { DynamoDBClient } = await import('@aws-sdk/client-dynamodb');
  const { CloudWatchClient } = await import('@aws-sdk/client-cloudwatch');
  const { CloudwatchAgentDisks } = await import('../adapters/cloudwatch-agent-disks.ts');
  const { awsSecrets } = await import('../adapters/aws-secrets.ts');
  const found = await new CloudFormationClient({})
    .send(new DescribeStackResourcesCommand({ StackName: stack }))
    .catch((error: unknown) => {
      throw new UserError(
        `The stack ${stack} cannot be read: ${(error as Error).message}. Check --stack, --profile and --region.`,
      );
    });
  const tableName = (thing: 'history' | 'incidents') => {
    const name = tableAmong(found.StackResources ?? [], thing)?.PhysicalResourceId;
    if (name) return name;
    throw new UserError(`The stack ${stack} has no ${thing} table. The state stack is called <name>-<stage>-state.`);
  };

  // Read only: whatever was deployed is accepted, on an emulator too.
  const document = async () =>
    parseDefinition(await loadConfig(place.config ?? 'monitoring.config.ts'), {
      stage: place.stage,
      world: 'emulator',
    });
  const client = new DynamoDBClient({});
  // Retention is of no account for reading; expired items are filtered by their own time.
  const kept = { clock: new SystemClock(), retentionDays: 90 };
  const history = new DynamodbExecutionHistory(client, tableName('history'), kept);
  const agentDisks: AgentDisks = new CloudwatchAgentDisks(new CloudWatchClient({}));
  return {
    history,
    groups: new DynamodbGroups(client, tableName('incidents')),
    archive: new DynamodbIncidentArchive(client, tableName('incidents'), kept),
    // Without its config at hand, the zone of whoever looks.
    timeZone: await document().then(
      ({ timeZone }) => timeZone,
      () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    ),
    document,
    instruments: {
      ...laptopInstruments(),
      agentDisks,
      secrets: awsSecrets(new SystemClock()),
      ledger: history,
      runs: history,
    },
    close: async () => client.destroy(),
  };
}

/** A table among the resources of a state stack. Its logical id is pinned: a new one would be a new table. */
export const tableAmong = <R extends { ResourceType?: string | undefined; LogicalResourceId?: string | undefined }>(
  resources: readonly R[],
  thing: 'history' | 'incidents',
): R | undefined =>
  resources.find(
    ({ ResourceType, LogicalResourceId }) =>
      ResourceType === 'AWS::DynamoDB::Table' && (LogicalResourceId ?? '').startsWith(`${thing}table`),
  );
