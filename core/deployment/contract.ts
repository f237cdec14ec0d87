import * as z from 'zod';

const text = z.string().min(1);

/**
 * What a function may use, and the environment variables that tell it where. The stacks turn each capability into
 * grants and variables; a function gets what its contract lists and nothing else.
 */
export const capabilities = {
  /** Read and write the execution history. */
  history: { HISTORY_TABLE: text },
  /** Read the execution history, no more: the causes of alerts. */
  'past-runs': { HISTORY_TABLE: text },
  /** Read and write groups, incidents and deliveries. */
  incidents: { INCIDENTS_TABLE: text },
  /** Publish metrics in the deployment's namespace. */
  metrics: {},
  /** Find and read the metrics of CloudWatch agents. */
  'agent-metrics': {},
  /** Ask CloudWatch for the present state of the deployment's alarms, and for the values that they look at. */
  'alarm-states': {},
  /** Put signals into the router's queue. */
  signals: { SIGNALS_QUEUE_URL: text },
  /** See who of the operators has a confirmed subscription. */
  'operator-subscriptions': { FAILURES_TOPIC_ARN: text },
  /** Publish notifications. */
  notifications: { NOTIFICATIONS_TOPIC_ARN: text },
  /** Consume a queue of its own: back off through visibility, park what cannot be helped. */
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

/** What the stacks must know of a function, and all they may import of it. */
export interface Contract<Used extends Capability = Capability> {
  /** Why it exists, in a sentence; becomes its description. */
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
