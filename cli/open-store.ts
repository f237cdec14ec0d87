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
import { connectToStore, storesOver } from '../laptop/store.ts';
import { defaultConfig, loadConfig } from './load-config.ts';

/** Where the store of a deployment is: on this laptop, or in a deployed stack. */
export interface StoreLocation {
  /** The state folder of the laptop. */
  state: string;
  /** The name of the deployed state stack, `<name>-<stage>-state`. */
  stack?: string;
  profile?: string;
  region?: string;
  /** The config file. A deployed stack does not contain its document, so the document is read from this file. @default monitoring.config.ts */
  config?: string;
  /** The stage of the config. @default the first */
  stage?: string;
}

/** The execution history and the incidents of a deployment, until it is closed. */
export interface OpenedStore {
  history: ExecutionHistory & BatchLedger;
  groups: Groups;
  archive: IncidentArchive;
  timeZone: string;
  /** The document of the deployment. */
  document(): Promise<MonitoringDocument>;
  /** What checks that run in this process observe their targets with. */
  instruments: Instruments;
  close(): Promise<void>;
}

/** Opens the store at a location. @throws {UserError} if there is none, or it cannot be read */
export async function openStoreAt(location: StoreLocation): Promise<OpenedStore> {
  return location.stack === undefined ? openLaptopStore(location) : openDeployedStore(location.stack, location);
}

async function openLaptopStore(location: StoreLocation): Promise<OpenedStore> {
  const connected = await connectToStore(new StateFolder(location.state));
  if (!connected)
    throw new UserError(
      `Nothing has run here yet (no state in ${location.state}). Run npx tocsin start, or specify a deployed stack with --stack.`,
    );
  const { store, document } = connected;
  const { history, groups, archive } = storesOver(store.client, document, new SystemClock());
  return {
    history,
    groups,
    archive,
    timeZone: document.timeZone,
    document: async () => document,
    instruments: {
      ...laptopInstruments(new StateFolder(location.state).read()?.configFolder),
      ledger: history,
      runs: history,
    },
    close: store.close,
  };
}

async function openDeployedStore(stack: string, location: StoreLocation): Promise<OpenedStore> {
  if (location.profile) process.env['AWS_PROFILE'] = location.profile;
  if (location.region) process.env['AWS_REGION'] = location.region;
  const { CloudFormationClient, DescribeStackResourcesCommand } = await import('@aws-sdk/client-cloudformation');
  const { DynamoDBClient } = await import('@aws-sdk/client-dynamodb');
  const { CloudWatchClient } = await import('@aws-sdk/client-cloudwatch');
  const { CloudwatchAgentDisks } = await import('../adapters/cloudwatch-agent-disks.ts');
  const { awsSecrets } = await import('../adapters/aws-secrets.ts');
  const found = await new CloudFormationClient({})
    .send(new DescribeStackResourcesCommand({ StackName: stack }))
    .catch((error: unknown) => {
      throw new UserError(
        `Cannot read the stack ${stack}: ${(error as Error).message}. Check --stack, --profile and --region.`,
      );
    });
  const tableName = (table: 'history' | 'incidents') => {
    const name = findTable(found.StackResources ?? [], table)?.PhysicalResourceId;
    if (name) return name;
    throw new UserError(`The stack ${stack} has no ${table} table. The name of a state stack is <name>-<stage>-state.`);
  };

  // Nothing is sent, so a document for an emulator is accepted too.
  const loading = loadConfig(location.config ?? defaultConfig).then((input) =>
    parseDefinition(input, { stage: location.stage, world: 'emulator' }),
  );
  const client = new DynamoDBClient({});
  // Answers begin where the retention of the stage does. If the config cannot be read, they begin ten years ago: expired items
  // that DynamoDB has not deleted yet are then shown too.
  const known = await loading.catch(() => undefined);
  const options = { clock: new SystemClock(), retentionDays: known?.retentionDays ?? 3650 };
  const history = new DynamodbExecutionHistory(client, tableName('history'), options);
  const agentDisks: AgentDisks = new CloudwatchAgentDisks(new CloudWatchClient({}));
  return {
    history,
    groups: new DynamodbGroups(client, tableName('incidents')),
    archive: new DynamodbIncidentArchive(client, tableName('incidents'), options),
    // If the config cannot be read, the time zone of this machine.
    timeZone: known?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    document: () => loading,
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

/** Finds a table among the resources of a state stack. Its logical id never changes: a new id would be a new table. */
export const findTable = <R extends { ResourceType?: string | undefined; LogicalResourceId?: string | undefined }>(
  resources: readonly R[],
  table: 'history' | 'incidents',
): R | undefined =>
  resources.find(
    ({ ResourceType, LogicalResourceId }) =>
      ResourceType === 'AWS::DynamoDB::Table' && (LogicalResourceId ?? '').startsWith(`${table}table`),
  );
