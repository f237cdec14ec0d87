import * as z from 'zod';

const text = z.string().min(1);

/**
 * What a function may use, and the environment variables that hold the names of these resources. The stacks turn each
 * capability into grants and variables. A function gets only what its contract lists.
 */
export const capabilities = {
  /** Read and write the execution history. */
  history: { HISTORY_TABLE: text },
  /** Read the execution history, to find the causes of alerts. No write access. */
  'past-runs': { HISTORY_TABLE: text },
  /** Read and write groups, incidents and deliveries. */
  incidents: { INCIDENTS_TABLE: text },
  /** Publish metrics in the deployment's namespace. */
  metrics: {},
  /** Find and read the metrics of CloudWatch agents. */
  'agent-metrics': {},
  /** Read the current state of the deployment's alarms from CloudWatch, and the values that they evaluate. */
  'alarm-states': {},
  /** Send signals to the router's queue. */
  signals: { SIGNALS_QUEUE_URL: text },
  /** Read which operators have a confirmed subscription. */
  'operator-subscriptions': { FAILURES_TOPIC_ARN: text },
  /** Publish notifications. */
  notifications: { NOTIFICATIONS_TOPIC_ARN: text },
  /** Consume its own queue: delay retries through the visibility timeout, move permanent failures to the dead-letter queue. */
  queue: { QUEUE_URL: text, DEAD_LETTER_QUEUE_URL: text },
  /** Connect to the addresses of targets. In a deployment with a network, the function runs in it. */
  targets: {},
  /** Read the secrets that the document names. */
  secrets: {},
  /** Send mail through SES from the addresses that the document names. */
  mail: {},
} as const;

export type Capability = keyof typeof capabilities;

type Variables<Used extends Capability> = { [C in Used]: (typeof capabilities)[C] }[Used];
type Merged<Union> = (Union extends unknown ? (u: Union) => void : never) extends (all: infer All) => void
  ? All
  : never;

type Environment<Used extends Capability> =
  Merged<Variables<Used>> extends infer Shape extends z.ZodRawShape ? Shape : never;

/** What the stacks need to know about a function. They import nothing else of it. */
export interface Contract<Used extends Capability = Capability> {
  /** What the function does, in one sentence. Used as its description. */
  readonly purpose: string;
  readonly uses: readonly Used[];
  readonly timeoutSeconds: number;
  readonly memoryMegabytes: number;
  /** Parses `process.env` at cold start. */
  readonly environment: z.ZodObject;
}

/** Declares a function's contract. */
export const contract = <const Used extends Capability>(terms: {
  purpose: string;
  uses: readonly Used[];
  /** @default 30 */
  timeoutSeconds?: number;
  /** @default 256 */
  memoryMegabytes?: number;
}) => ({
  timeoutSeconds: 30,
  memoryMegabytes: 256,
  ...terms,
  environment: z.object(Object.assign({}, ...terms.uses.map((use) => capabilities[use])) as Environment<Used>),
});
