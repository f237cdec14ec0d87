import { notifiersAtOnce } from '../core/delivery/pace.ts';
import type { Contract } from '../core/deployment/contract.ts';
import { terms as alertRouter } from './alert-router/contract.ts';
import { terms as batchCheck } from './batch-check/contract.ts';
import { terms as diskCheck } from './disk-check/contract.ts';
import { terms as emailNotifier } from './email-notifier/contract.ts';
import { terms as healthCheck } from './health-check/contract.ts';
import { terms as runIngest } from './run-ingest/contract.ts';
import { terms as slackNotifier } from './slack-notifier/contract.ts';
import { terms as sweep } from './sweep/contract.ts';

/** How a function receives messages from its queue. */
export interface Consumption {
  /** The maximum concurrency of its event source, so that many messages do not use the concurrency of the rest of the account. */
  readonly concurrency: number;
  /** The maximum number of messages per invocation. */
  readonly batchSize: number;
}

/** The trigger of a function. A deployment has the function of a check or channel only if its definition uses it. */
export type Trigger =
  /** Its own schedule. */
  | { readonly everySeconds: number }
  /** The schedules of a check kind. */
  | { readonly check: string }
  /** A queue of this name. */
  | ({ readonly queue: string } & Consumption)
  /** The queue of a channel kind, which has the same name. */
  | ({ readonly channel: string } & Consumption);

/** A Lambda function of the pipeline. */
export interface FunctionEntry {
  /** The name of its folder. */
  readonly name: string;
  /** Its purpose, what it may use, its timeout and memory. */
  readonly contract: Contract;
  readonly trigger: Trigger;
}

/** Providers accept about one message per second, and a rejected message takes longer than a short wait. */
const notifier = { concurrency: notifiersAtOnce, batchSize: 5 } as const;

/**
 * Every Lambda function. Stacks, permissions, alarms, cost, logs and the acceptance tests on emulators use this list: a new
 * function is a folder and a line here.
 */
export const functions = [
  { name: 'alert-router', contract: alertRouter, trigger: { queue: 'signals', concurrency: 10, batchSize: 10 } },
  { name: 'run-ingest', contract: runIngest, trigger: { queue: 'ingest', concurrency: 5, batchSize: 10 } },
  { name: 'sweep', contract: sweep, trigger: { everySeconds: 60 } },
  { name: 'health-check', contract: healthCheck, trigger: { check: 'health' } },
  { name: 'batch-check', contract: batchCheck, trigger: { check: 'batch' } },
  { name: 'disk-check', contract: diskCheck, trigger: { check: 'disk' } },
  { name: 'slack-notifier', contract: slackNotifier, trigger: { channel: 'slack', ...notifier } },
  { name: 'email-notifier', contract: emailNotifier, trigger: { channel: 'email', ...notifier } },
] as const satisfies readonly FunctionEntry[];

/** The name of a function. */
export type FunctionName = (typeof functions)[number]['name'];

/** A function of the list. */
export type ListedFunction = FunctionEntry & { readonly name: FunctionName };

/** A function by its name. */
export const functionNamed = (name: FunctionName): ListedFunction => functions.find((entry) => entry.name === name)!;

/** How a function receives messages from its queue. @throws {Error} when it has no queue */
export function consumptionOf({ name, trigger }: FunctionEntry): Consumption {
  if ('batchSize' in trigger) return trigger;
  throw new Error(`The function ${name} does not consume a queue; see its trigger in functions/functions.ts.`);
}
