import type { StepName } from '../acceptance/alert-timeline.ts';
import type { Emulator } from './emulator.ts';

/** How far a type is tested on an emulator. `made`: it is deployed and destroyed, but its function is not tested. */
export type Seen = 'yes' | 'part' | 'made' | 'no';

/** The evidence for a claim: a step of the timeline, or a step of the acceptance test. */
export type Evidence = StepName | 'operators' | 'logs' | 'destroyed' | 'statements';

/** Where a resource type is tested. */
export interface Exercised {
  type: string;
  /** The tests with in-process stand-ins, in a laptop run, and on DynamoDB Local. */
  unit?: string;
  laptop?: string;
  dynamodbLocal?: string;
  localstack: Seen;
  ministack: Seen;
  /** The steps that would fail without it. */
  by: readonly Evidence[];
  /** What is tested, as text for the page. */
  sees: string;
}

const laptop = 'test/acceptance/laptop.test.ts';
const made = { localstack: 'made', ministack: 'made', by: [] } as const;
const both = { localstack: 'yes', ministack: 'yes' } as const;
const templateOnly = { localstack: 'no', ministack: 'no', by: [] } as const;

/**
 * All resource types of the stacks. docs/emulators.md has them as a table. Tests check each cell: a type is `no` on an
 * emulator exactly if its template does not have it, the acceptance test finds exactly the others deployed, and `yes` and
 * `part` have the steps that show it.
 */
export const exercised: readonly Exercised[] = [
  {
    type: 'AWS::CloudWatch::Alarm',
    unit: 'test/core/alarms/evaluate.test.ts',
    laptop,
    localstack: 'yes',
    ministack: 'part',
    by: ['failing', 'others', 'mended'],
    sees: 'ALARM and OK, evaluated by the emulator; MiniStack ignores dimensions, M of N and missing data',
  },
  {
    type: 'AWS::DynamoDB::Table',
    unit: 'test/adapters/incidents.test.ts',
    laptop,
    dynamodbLocal: 'test/emulators/dynamodb-local/dynamodb-local.acceptance.ts',
    ...both,
    by: ['healthy', 'failing', 'told-once', 'destroyed'],
    sees: 'runs, incidents and deliveries, read through the adapters; expiry and point-in-time recovery: template',
  },
  { type: 'AWS::Events::Archive', ...templateOnly, sees: 'emulators do not support archives' },
  { type: 'AWS::Events::EventBus', ...both, by: ['batch'], sees: 'receives the event of a batch run' },
  {
    type: 'AWS::Events::Rule',
    ...both,
    by: ['healthy', 'batch'],
    sees: 'sends that run to the ingest queue; on emulators also replaces schedules',
  },
  {
    type: 'AWS::IAM::Role',
    localstack: 'made',
    ministack: 'yes',
    by: ['statements'],
    sees: 'every call of every function is checked; three conditions and the sender: template only',
  },
  { type: 'AWS::KMS::Alias', ...made, sees: 'not used by the test' },
  { type: 'AWS::KMS::Key', ...made, sees: 'retained; the encryption of queues and topics is not tested' },
  { type: 'AWS::Lambda::EventInvokeConfig', ...made, sees: 'no event is old enough to be dropped' },
  {
    type: 'AWS::Lambda::EventSourceMapping',
    unit: 'test/adapters/sqs-consumer.test.ts',
    ...both,
    by: ['failing', 'batch', 'poisoned'],
    sees: 'messages of every consumed queue, including one that is moved to a dead-letter queue',
  },
  {
    type: 'AWS::Lambda::Function',
    unit: 'test/functions/handlers.test.ts',
    ...both,
    by: ['healthy', 'failing', 'mended', 'batch'],
    sees: 'all eight, on Node 24',
  },
  {
    type: 'AWS::Lambda::Permission',
    ...both,
    by: ['healthy'],
    sees: 'emulators only: allows rules to invoke functions',
  },
  {
    type: 'AWS::Logs::LogGroup',
    localstack: 'made',
    ministack: 'yes',
    by: ['logs'],
    sees: 'the logs of the functions on MiniStack; LocalStack uses its own log groups',
  },
  {
    type: 'AWS::Logs::QueryDefinition',
    ...templateOnly,
    sees: 'emulators do not support saved queries; a test compares each field with the logs',
  },
  {
    type: 'AWS::SNS::Subscription',
    ...both,
    by: ['failing', 'batch', 'operators'],
    sees: 'alarms to the router, notifications to each channel type; dead-letter queue: template only',
  },
  { type: 'AWS::SNS::Topic', ...both, by: ['failing'], sees: 'an alarm of each tier in the config' },
  { type: 'AWS::SNS::TopicPolicy', ...made, sees: 'the TLS condition: template only' },
  {
    type: 'AWS::SQS::Queue',
    unit: 'test/adapters/messages-out.test.ts',
    laptop: 'test/adapters/queues.test.ts',
    ...both,
    by: ['failing', 'batch', 'poisoned'],
    sees: 'delivery, and a message in a dead-letter queue with the reason',
  },
  {
    type: 'AWS::SQS::QueuePolicy',
    localstack: 'made',
    ministack: 'yes',
    by: ['failing', 'batch'],
    sees: 'SNS and the bus deliver to the queues',
  },
  { type: 'AWS::Scheduler::Schedule', ...templateOnly, sees: 'emulators use rules instead' },
  { type: 'AWS::Scheduler::ScheduleGroup', ...made, sees: 'empty on emulators' },
];

/** The types that an emulator must have after a deploy. */
export const deployedOn = ({ name }: Pick<Emulator, 'name'>): string[] =>
  exercised.filter((each) => each[name] !== 'no').map(({ type }) => type);

/**
 * What a passed acceptance test has shown on an emulator, and what the emulator cannot do, as lines to print.
 * @param run.enforceIam whether the emulator was started with IAM enforced
 */
export function verdict(
  emulator: Pick<Emulator, 'name' | 'version' | 'lacks'>,
  run: { enforceIam: boolean },
): string[] {
  const { name, version, lacks } = emulator;
  const of = (seen: Seen) =>
    exercised
      .filter((each) => each[name] === seen && (run.enforceIam || !each.by.includes('statements')))
      .map(({ type, sees }) => `${type}: ${sees}`);
  const parts: [string, readonly string[]][] = [
    [`Tested on ${name} ${version}:`, of('yes')],
    ['Partly tested:', of('part')],
    ['Deployed and destroyed, function not tested:', of('made')],
    ['Not deployed:', of('no')],
    [`What ${name} cannot do:`, lacks],
  ];
  return parts.flatMap(([title, lines]) => (lines.length > 0 ? [title, ...lines.map((line) => `  ${line}`)] : []));
}

const words: Record<Seen, string> = { yes: 'yes', part: 'part', made: 'made', no: '–' };

/** The table of docs/emulators.md, in Markdown. */
export function table(): string {
  const proof = (file: string | undefined) => (file ? 'yes' : '–');
  const rows = [
    ['resource', 'unit', 'laptop', 'DynamoDB Local', 'LocalStack', 'MiniStack', 'what the acceptance test shows'],
    ...exercised.map((each) => [
      `\`${each.type}\``,
      ...[each.unit, each.laptop, each.dynamodbLocal].map(proof),
      ...[each.localstack, each.ministack].map((seen) => words[seen]),
      each.sees,
    ]),
  ];
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const [head, ...body] = rows.map((row) => line(row.map((cell, column) => cell.padEnd(widths[column]!))));
  return [head, line(widths.map((width) => '-'.repeat(width))), ...body].join('\n');
}
