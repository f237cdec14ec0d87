import { schedulesOf } from '../core/checks/schedules.ts';
import type { MonitoringDocument } from '../core/definition/document.ts';
import { functions, type ListedFunction } from './functions.ts';

// The functions of a deployment. The stacks build them, the cost estimate counts them, and a test compares the two.

/** The parts of a document that determine its functions. */
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
  if (!entry) throw new Error(`There is no function for the ${wanted}; add it to functions/functions.ts.`);
  return entry;
}

/** The functions that a document needs: the pipeline's own, and those of the checks and channels that it uses. */
export const functionsOf = (document: Used): ListedFunction[] => [
  ...listed.filter(({ trigger }) => 'everySeconds' in trigger || 'queue' in trigger),
  ...checksOf(document).map(functionOfCheck),
  ...channelKindsOf(document).map(functionOfChannel),
];

/**
 * The maximum concurrency of each function. That of a consumer is the limit of its event source. A scheduled function runs
 * once for each of its schedules, and once more while a slow invocation overlaps the next.
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

/** The time until the alarms on heartbeats and on old messages detect that a function does not run, in seconds. */
const noticedWithin = 900;

/**
 * The functions that need their own alarm on throttles. For the others, another alarm detects within 15 minutes that they do
 * not run: the age of the oldest message in their queue, or two missed heartbeats. For a check with a longer interval, this
 * would take longer.
 */
export const throttleAlarmsOf = (document: Used): string[] => [
  ...new Set(
    schedulesOf(document)
      .filter(({ everySeconds }) => 2 * everySeconds > noticedWithin)
      .map(({ check }) => functionOfCheck(check).name),
  ),
];
