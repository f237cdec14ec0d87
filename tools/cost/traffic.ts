import { type Schedule, schedulesOf } from '../../core/checks/schedules.ts';
import type { CostSettings } from '../../core/definition/cost-settings.ts';
import type { MonitoringDocument } from '../../core/definition/document.ts';
import { functionOfChannel, functionOfCheck } from '../../functions/deployed-functions.ts';

/** Hours of a month, as AWS reckons them. */
export const monthHours = 730;
const monthSeconds = monthHours * 3600;

/** How often a schedule starts its function in a month. */
export const ticksOf = ({ everySeconds }: Pick<Schedule, 'everySeconds'>): number => monthSeconds / everySeconds;

/** The sweep runs every minute, and compares the alarms every five. */
export const sweeps = monthSeconds / 60;
export const comparisons = monthSeconds / 300;

/** How much happens in a month, from the schedules and from what the config assumes. */
export interface Traffic {
  /** Invocations, by function. */
  invocations: ReadonlyMap<string, number>;
  /** Looks at targets, each a row of the history. */
  looks: number;
  batchRuns: number;
  /** Messages of one channel: each incident opens and resolves. */
  messagesPerChannel: number;
  /** Messages of all channels. */
  notifications: number;
}

/** What a document's schedules make happen, and what is assumed beside them. */
export function trafficOf(document: MonitoringDocument, assume: CostSettings['assume']): Traffic {
  const channels = Object.values(document.channels);
  const batchRuns = document.targets.filter(({ kind }) => kind === 'batch').length * assume.runsPerBatchJob;
  const words = assume.incidentsPerMonth * 2;
  const invocations = new Map<string, number>([
    ['alert-router', words],
    ['run-ingest', batchRuns],
    ['sweep', sweeps],
  ]);
  const add = (name: string, times: number) => invocations.set(name, (invocations.get(name) ?? 0) + times);
  for (const schedule of schedulesOf(document)) add(functionOfCheck(schedule.check).name, ticksOf(schedule));
  for (const { channel } of channels) add(functionOfChannel(channel).name, words);
  return {
    invocations,
    looks: document.targets
      .flatMap(({ checks }) => checks)
      .reduce((sum, { every }) => sum + ticksOf({ everySeconds: every }), 0),
    batchRuns,
    messagesPerChannel: words,
    notifications: words * channels.length,
  };
}
