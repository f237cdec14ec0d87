import { kindsOf } from '../../core/channels/kind-of.ts';
import { schedulesOf } from '../../core/checks/schedules.ts';
import { allSecretsOf, channelsOfKind, observedWith, secretsOf } from '../../core/deployment/references.ts';
import { tables } from '../../core/deployment/tables.ts';
import { topicThings } from '../../core/deployment/topics.ts';
import { functionsOf } from '../../functions/deployed-functions.ts';
import { consumedQueuesOf, deadLetterQueuesOf, formerDeadLetterQueuesOf } from '../../functions/deployed-queues.ts';
import type { Billed, Item } from './item.ts';
import { comparisons, monthHours, sweeps, ticksOf } from './traffic.ts';

const kilobytesPerGigabyte = 1_000_000;
const daysPerMonth = 365 / 12;

/** Lambda asks a queue with five pollers, each waiting up to 20 seconds: about 15 requests a minute, also of an empty queue. */
const pollsPerMonth = monthHours * 60 * 15;

/** Functions with what they log. */
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

/** A reported run with its envelope. */
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
  const words = assume.incidentsPerMonth * 2;
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
      // The sweep asks for the operators' subscriptions at the price of a message.
      uses: { publish: words + traffic.notifications + (document.operators.length > 0 ? comparisons : 0) },
      deployed: { type: 'AWS::SNS::Topic', count: topicThings.length },
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

/** Half a kilobyte a run; a batch run is its row, the job's standing, and an index. */
const kilobytesPerRun = 0.5;
/** Writes of an incident's life: its group, its timeline, deliveries with lease and receipt. */
const writesPerIncident = 30;

export const tableItems = ({ document, traffic, assume }: Billed): Item[] => {
  const kept = ((traffic.looks + traffic.batchRuns) * kilobytesPerRun * document.retentionDays) / daysPerMonth;
  const gigabytes = kept / kilobytesPerGigabyte;
  const uses: Record<keyof typeof tables, Item['uses']> = {
    history: {
      tableWrite: traffic.looks + traffic.batchRuns * 3,
      tableRead: document.targets
        .filter(({ kind }) => kind === 'batch')
        .flatMap(({ checks }) => checks)
        .reduce((total, { every }) => total + ticksOf({ everySeconds: every }), 0),
      tableStorage: gigabytes,
      tableBackup: gigabytes,
    },
    // The sweep looks for what is due, and every five minutes at what is open.
    incidents: { tableWrite: assume.incidentsPerMonth * writesPerIncident, tableRead: sweeps * 2 + comparisons },
  };
  return Object.entries(uses).map(([name, used]) => ({
    kind: 'table',
    name,
    uses: used,
    deployed: { type: 'AWS::DynamoDB::Table', count: 1 },
  }));
};

/** What starts the checks and the sweep. */
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

/** Secrets in Secrets Manager; parameters of SSM cost nothing. Each is fetched again every five minutes at most. */
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

/** How often a check that runs all month reads a secret anew: every five minutes of 730 hours. */
const readsByChecks = (730 * 60) / 5;

/** How often in a month a service asks for a data key that it caches for five minutes. */
const dataKeys = (uses: number) => Math.min(uses, comparisons);

/** The key. DynamoDB, SQS and CloudWatch Logs ask for a data key every five minutes in which they need one. */
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
