import { kindsOf } from '../../core/channels/kind-of.ts';
import { schedulesOf } from '../../core/checks/schedules.ts';
import { allSecretsOf, channelsOfKind, observedWith, secretsOf } from '../../core/deployment/references.ts';
import { tables } from '../../core/deployment/tables.ts';
import { topicNames } from '../../core/deployment/topics.ts';
import { functionsOf } from '../../functions/deployed-functions.ts';
import { consumedQueuesOf, deadLetterQueuesOf, formerDeadLetterQueuesOf } from '../../functions/deployed-queues.ts';
import type { Billed, Item } from './item.ts';
import { comparisons, monthHours, sweeps, ticksOf } from './traffic.ts';

const kilobytesPerGigabyte = 1_000_000;
const daysPerMonth = 365 / 12;

/** Lambda polls a queue with five pollers, each waiting up to 20 seconds: about 15 requests a minute, even if the queue is empty. */
const pollsPerMonth = monthHours * 60 * 15;

/** Functions and their logs. */
export const functionItems = ({ document, traffic, assume }: Billed): Item[] =>
  functionsOf(document).map(({ name, contract }) => {
    const invocations = traffic.invocations.get(name) ?? 0;
    const logged = (invocations * assume.logKilobytesPerInvocation) / kilobytesPerGigabyte;
    const gigabytes = contract.memoryMegabytes / 1024;
    return {
      kind: 'function',
      name,
      uses: {
        lambdaRequest: invocations,
        lambdaDuration: invocations * assume.secondsPerInvocation * gigabytes,
        logIngest: logged,
        logStorage: (logged * Math.max(30, document.retentionDays)) / daysPerMonth,
      },
      deployed: { type: 'AWS::Lambda::Function', count: 1 },
    };
  });

/** The size of the event of a reported run. */
const kilobytesPerEvent = 1;

/** What the providers of channels take for messages. */
const providerItems = ({ document, traffic }: Billed): Item[] =>
  kindsOf(document.channels).flatMap(({ name, billed }): Item[] => {
    if (!billed) return [];
    const channels = Object.values(channelsOfKind(document.channels, name));
    return [{ kind: 'topic', name: billed.item, uses: billed.uses(channels, traffic.messagesPerChannel) }];
  });

/** Queues, topics, the bus with its archive, and messages that providers bill. */
export const messageItems = (billed: Billed): Item[] => {
  const { document, traffic, assume } = billed;
  const queue = 'AWS::SQS::Queue';
  const notifications = assume.incidentsPerMonth * 2;
  const archived = (traffic.batchRuns * kilobytesPerEvent) / kilobytesPerGigabyte;
  return [
    ...consumedQueuesOf(document).map(
      (name): Item => ({
        kind: 'queue',
        name,
        uses: { queueRequest: pollsPerMonth },
        deployed: { type: queue, count: 1 },
      }),
    ),
    {
      kind: 'queue',
      name: 'dead letters',
      uses: {},
      deployed: { type: queue, count: deadLetterQueuesOf(document).length + formerDeadLetterQueuesOf(document).length },
    },
    {
      kind: 'topic',
      name: 'alarms and notifications',
      // The sweep lists the subscriptions of the operators, at the price of a message.
      uses: { publish: notifications + traffic.notifications + (document.operators.length > 0 ? comparisons : 0) },
      deployed: { type: 'AWS::SNS::Topic', count: topicNames.length },
    },
    ...providerItems(billed),
    {
      kind: 'topic',
      name: 'bus of batch runs',
      uses: { event: traffic.batchRuns },
      deployed: { type: 'AWS::Events::EventBus', count: 1 },
    },
    {
      kind: 'topic',
      name: 'archive of batch runs',
      uses: { archive: archived, archiveStorage: (archived * document.retentionDays) / daysPerMonth },
      deployed: { type: 'AWS::Events::Archive', count: 1 },
    },
  ];
};

/** The size of a run in the history. */
const kilobytesPerRun = 0.5;
/** The number of writes per incident: its group, its timeline, and deliveries with lease and receipt. */
const writesPerIncident = 30;

/** The two tables. A batch run is three writes: its row, the state of the job, and an index. */
export const tableItems = ({ document, traffic, assume }: Billed): Item[] => {
  const stored =
    ((traffic.checkedTargets + traffic.batchRuns) * kilobytesPerRun * document.retentionDays) / daysPerMonth;
  const gigabytes = stored / kilobytesPerGigabyte;
  const uses: Record<keyof typeof tables, Item['uses']> = {
    history: {
      tableWrite: traffic.checkedTargets + traffic.batchRuns * 3,
      tableRead: document.targets
        .filter(({ kind }) => kind === 'batch')
        .flatMap(({ checks }) => checks)
        .reduce((total, { every }) => total + ticksOf({ everySeconds: every }), 0),
      tableStorage: gigabytes,
      tableBackup: gigabytes,
    },
    // The sweep reads what is due every minute, and the open incidents every five minutes.
    incidents: { tableWrite: assume.incidentsPerMonth * writesPerIncident, tableRead: sweeps * 2 + comparisons },
  };
  return Object.entries(uses).map(([name, used]) => ({
    kind: 'table',
    name,
    uses: used,
    deployed: { type: 'AWS::DynamoDB::Table', count: 1 },
  }));
};

/** The schedules of the checks and of the sweep. */
export const scheduleItems = ({ document }: Billed): Item[] =>
  [
    ...schedulesOf(document).map((schedule) => ({ name: schedule.id, ticks: ticksOf(schedule) })),
    { name: 'sweep', ticks: sweeps },
  ].map(({ name, ticks }) => ({
    kind: 'schedule',
    name,
    uses: { schedule: ticks },
    deployed: { type: 'AWS::Scheduler::Schedule', count: 1 },
  }));

/** Secrets in Secrets Manager. SSM parameters are free. Each secret is read at most once every five minutes. */
export const secretItems = ({ document, assume }: Billed): Item[] => {
  const inChecks = new Set(secretsOf(document.targets.map((target) => observedWith(target))).map(({ name }) => name));
  return allSecretsOf(document)
    .filter(({ store }) => store === 'secretsmanager')
    .map(({ name }) => ({
      kind: 'secret',
      name,
      uses: { secret: 1, secretRequest: assume.incidentsPerMonth * 2 + (inChecks.has(name) ? readsByChecks : 0) },
    }));
};

/** How often a check that runs all month reads a secret: every five minutes of 730 hours. */
const readsByChecks = (730 * 60) / 5;

/** How often in a month a service requests a data key, which it caches for five minutes. */
const dataKeys = (uses: number) => Math.min(uses, comparisons);

/** The KMS key. DynamoDB, SQS and CloudWatch Logs request a data key at most once every five minutes. */
export const keyItems = ({ document, traffic }: Billed): Item[] => {
  const logs = functionsOf(document).reduce((sum, { name }) => sum + dataKeys(traffic.invocations.get(name) ?? 0), 0);
  return [
    {
      kind: 'key',
      name: 'of the pipeline',
      uses: { key: 1, keyRequest: Object.keys(tables).length * comparisons + traffic.notifications * 4 + logs },
      deployed: { type: 'AWS::KMS::Key', count: 1 },
    },
  ];
};
