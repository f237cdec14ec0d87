import type { StepName } from '../acceptance/alert-timeline.ts';
import type { Emulator } from './emulator.ts';

/** How far a deployed emulator shows a type at work; `made`: it is deployed and destroyed, and nothing looks at it. */
export type Seen = 'yes' | 'part' | 'made' | 'no';

/** What a claim rests on: a step of the timeline, or one of the acceptance's own. */
export type Evidence = StepName | 'operators' | 'logs' | 'destroyed' | 'statements';

/** Where a type of resource was seen at work. */
export interface Exercised {
  type: string;
  /** The tests that see it against stand-ins in process, in a laptop run, on DynamoDB Local. */
  unit?: string;
  laptop?: string;
  dynamodbLocal?: string;
  localstack: Seen;
  ministack: Seen;
  /** The steps that would fail without it. */
  by: readonly Evidence[];
  /** In words, for the page. */
  sees: string;
}

const laptop = 'test/acceptance/laptop.test.ts';
const made = { localstack: 'made', ministack: 'made', by: [] } as const;
const both = { localstack: 'yes', ministack: 'yes' } as const;
const templateOnly = { localstack: 'no', ministack: 'no', by: [] } as const;

/**
 * Every type of resource that the stacks make. docs/emulators.md shows it as a table. Tests hold each cell: a type is
 * `no` on an emulator exactly if its template has none, the acceptance finds exactly the others deployed, and `yes` and
 * `part` name the steps that show it.
 */
export const exercised: readonly Exercised[] = [
  {
    type: 'AWS::CloudWatch::Alarm',
    unit: 'test/core/alarms/evaluate.test.ts',
    laptop,
    localstack: 'yes',
    ministack: 'part',
    by: ['failing', 'others', 'mended'],
    sees: "ALARM and OK by the emulator's own evaluation; MiniStack ignores dimensions, M of N and missing data",
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
  { type: 'AWS::Events::Archive', ...templateOnly, sees: 'emulators make no archives' },
  { type: 'AWS::Events::EventBus', ...both, by: ['batch'], sees: 'a batch run that is put on it' },
  {
    type: 'AWS::Events::Rule',
    ...both,
    by: ['healthy', 'batch'],
    sees: 'that run in the ingest queue; on emulators also the clock, in place of schedules',
  },
  {
    type: 'AWS::IAM::Role',
    localstack: 'made',
    ministack: 'yes',
    by: ['statements'],
    sees: 'every call of every function, checked against its role; three conditions, the sender: template only',
  },
  { type: 'AWS::KMS::Alias', ...made, sees: 'nothing uses it' },
  { type: 'AWS::KMS::Key', ...made, sees: 'retained; whether a queue or topic really encrypts is not looked at' },
  { type: 'AWS::Lambda::EventInvokeConfig', ...made, sees: 'no start was late enough to be dropped' },
  {
    type: 'AWS::Lambda::EventSourceMapping',
    unit: 'test/adapters/sqs-consumer.test.ts',
    ...both,
    by: ['failing', 'batch', 'poisoned'],
    sees: 'messages of every consumed queue, one that is parked among them',
  },
  {
    type: 'AWS::Lambda::Function',
    unit: 'test/functions/handlers.test.ts',
    ...both,
    by: ['healthy', 'failing', 'mended', 'batch'],
    sees: 'all eight, under Node 24',
  },
  { type: 'AWS::Lambda::Permission', ...both, by: ['healthy'], sees: 'emulators only: lets rules start functions' },
  {
    type: 'AWS::Logs::LogGroup',
    localstack: 'made',
    ministack: 'yes',
    by: ['logs'],
    sees: "the functions' logs on MiniStack; LocalStack writes to groups of its own",
  },
  {
    type: 'AWS::Logs::QueryDefinition',
    ...templateOnly,
    sees: 'emulators know no saved queries; a test holds each field against what is logged',
  },
  {
    type: 'AWS::SNS::Subscription',
    ...both,
    by: ['failing', 'batch', 'operators'],
    sees: 'alarms to the router, notifications to each kind of channel by filter; its dead-letter queue: template',
  },
  { type: 'AWS::SNS::Topic', ...both, by: ['failing'], sees: 'an alarm on each tier that the config uses' },
  { type: 'AWS::SNS::TopicPolicy', ...made, sees: 'the rule against plain HTTP: template only' },
  {
    type: 'AWS::SQS::Queue',
    unit: 'test/adapters/messages-out.test.ts',
    laptop: 'test/adapters/queues.test.ts',
    ...both,
    by: ['failing', 'batch', 'poisoned'],
    sees: 'delivery, and a message in a dead-letter queue with its reason',
  },
  {
    type: 'AWS::SQS::QueuePolicy',
    localstack: 'made',
    ministack: 'yes',
    by: ['failing', 'batch'],
    sees: 'SNS and the bus deliver where their own grant says so',
  },
  { type: 'AWS::Scheduler::Schedule', ...templateOnly, sees: 'emulators get rules' },
  { type: 'AWS::Scheduler::ScheduleGroup', ...made, sees: 'nothing is in it' },
];

/** The types that an emulator must hold after a deploy. */
export const deployedOn = ({ name }: Pick<Emulator, 'name'>): string[] =>
  exercised.filter((each) => each[name] !== 'no').map(({ type }) => type);

/**
 * What an acceptance that passed has shown on an emulator, and what none there can show: some lines to print.
 * @param run.enforceIam whether it was started so that it checks calls against roles
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
    [`Seen at work on ${name} ${version}:`, of('yes')],
    ['In part:', of('part')],
    ['Deployed and destroyed, and not looked at:', of('made')],
    ['Not deployed there:', of('no')],
    [`What ${name} cannot do:`, lacks],
  ];
  return parts.flatMap(([title, lines]) => (lines.length > 0 ? [title, ...lines.map((line) => `  ${line}`)] : []));
}

const words: Record<Seen, string> = { yes: 'yes', part: 'part', made: 'made', no: '–' };

/** The table of docs/emulators.md, in Markdown. */
export function table(): string {
  const proof = (file: string | undefined) => (file ? 'yes' : '–');
  const rows = [
    ['resource', 'unit', 'laptop', 'DynamoDB Local', 'LocalStack', 'MiniStack', 'what the acceptance sees of it'],
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
