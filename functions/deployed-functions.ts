import { schedulesOf } from '../core/checks/schedules.ts';
import type { MonitoringDocument } from '../core/definition/document.ts';
import { functions, type ListedFunction } from './functions.ts';

// Which functions a deployment has. The stacks build them, the bill counts them, and a test compares the two.

/** What of a document decides on its functions. */
export type Used = Pick<MonitoringDocument, 'targets' | 'channels'>;

const listed: readonly ListedFunction[] = functions;

/** The kinds of checks that a document uses. */
export const checksOf = (document: Used): string[] => [
  ...new Set(document.targets.flatMap((target) => target.checks.map(({ check }) => check))),
];

/** The kinds of channels that a document uses. */
export const channelKindsOf = (document: Used): string[] => [
  ...new Set(Object.values(document.channels).map(({ channel }) => channel)),
];

/** The function that runs a kind of check. */
export const functionOfCheck = (check: string): ListedFunction =>
  found(`check ${check}`, ({ trigger }) => 'check' in trigger && trigger.check === check);

/** The function that delivers to a kind of channel. */
export const functionOfChannel = (kind: string): ListedFunction =>
  found(`channel ${kind}`, ({ trigger }) => 'channel' in trigger && trigger.channel === kind);

function found(wanted: string, is: (entry: ListedFunction) => boolean): ListedFunction {
  const entry = listed.find(is);
  if (!entry) throw new Error(`No function is listed for the ${wanted}; add its line to functions/functions.ts.`);
  return entry;
}

/** The functions that a document needs: the pipeline's own, and those of the checks and channels that it uses. */
export const functionsOf = (document: Used): ListedFunction[] => [
  ...listed.filter(({ trigger }) => 'everySeconds' in trigger || 'queue' in trigger),
  ...checksOf(document).map(functionOfCheck),
  ...channelKindsOf(document).map(functionOfChannel),
];

/**
 * How many invocations of each function run at a time, at most. A consumer's is the bound of its event source. A function
 * on a schedule runs once for each of its schedules, and once more while a slow invocation overlaps the next.
 */
export function concurrencyOf(document: Used): Map<string, number> {
  const schedules = schedulesOf(document);
  return new Map(
    functionsOf(document).map(({ name, trigger }) => {
      if ('concurrency' in trigger) return [name, trigger.concurrency];
      const own = 'check' in trigger ? schedules.filter(({ check }) => check === trigger.check).length : 1;
      return [name, own + 1];
    }),
  );
}

/** How soon the alarms on heartbeats and on old messages notice that a function does not run, in seconds. */
const noticedWithin = 900;

/**
 * The functions that need an alarm on throttles of their own. For the others another alarm notices at most 15 minutes
 * later that they do not run: the age of the oldest message in their queue, or two missed heartbeats. A check whose
 * interval is longer would go unnoticed for longer.
 */
export const throttleAlarmsOf = (document: Used): string[] => [
  ...new Set(
    schedulesOf(document)
      .filter(({ everySeconds }) => 2 * everySeconds > noticedWithin)
      .map(({ check }) => functionOfCheck(check).name),
  ),
];
