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

/** How a function takes messages from its queue. */
export interface Consumption {
  /** How many invocations run at a time, at most. Its event source polls no faster, so that a flood of messages takes no concurrency from the rest of the account. */
  readonly concurrency: number;
  /** How many messages one invocation gets, at most. */
  readonly batchSize: number;
}

/** What makes a function run. A deployment has a function of a check or a channel only if its definition uses one. */
export type Trigger =
  /** A schedule of its own. */
  | { readonly everySeconds: number }
  /** The schedules of a kind of check. */
  | { readonly check: string }
  /** A queue of this name. */
  | ({ readonly queue: string } & Consumption)
  /** The queue of a kind of channel, which is named like it. */
  | ({ readonly channel: string } & Consumption);

/** A Lambda function of the pipeline. */
export interface FunctionEntry {
  /** The name of its folder. */
  readonly name: string;
  /** What it is for, what it may use, its timeout and memory. */
  readonly contract: Contract;
  readonly trigger: Trigger;
}

/** Providers take about one message a second, and a refusal costs more than a short wait. */
const notifier = { concurrency: notifiersAtOnce, batchSize: 5 } as const;

/**
 * Every Lambda function. Stacks, permissions, alarms, cost, logs and the acceptance on emulators read this list and keep
 * none of their own: a new function is a folder and a line here.
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

/** How a function takes messages from its queue. @throws {Error} when it has none */
export function consumptionOf({ name, trigger }: FunctionEntry): Consumption {
  if ('batchSize' in trigger) return trigger;
  throw new Error(`${name} consumes no queue; its trigger in functions/functions.ts is another one.`);
}
