import { schedulesOf } from '../checks/schedules.ts';
import type { MonitoringDocument } from '../definition/document.ts';
import { notifiersAtOnce } from '../delivery/pace.ts';
import { channelKindsOf, checkFunction, notifierFunction } from './parts.ts';

/**
 * How many invocations of each function run at a time, at the most. A consumer's is the bound of its event source: it
 * polls no more than it may handle, so that a flood of messages takes no concurrency from the rest of the account. A
 * function on a schedule runs once for each of its schedules, and once more while a slow invocation overlaps the next.
 */
export const concurrencyOf = (document: Pick<MonitoringDocument, 'targets' | 'channels'>): Map<string, number> => {
  const bounds = new Map([
    ['alert-router', 10],
    ['run-ingest', 5],
    // Every minute, for less than a minute: two overlap where one is slow.
    ['sweep', 2],
    ...channelKindsOf(document).map((kind) => [notifierFunction(kind), notifiersAtOnce] as const),
  ]);
  for (const { check } of schedulesOf(document)) {
    const name = checkFunction(check);
    bounds.set(name, (bounds.get(name) ?? 1) + 1);
  }
  return bounds;
};
