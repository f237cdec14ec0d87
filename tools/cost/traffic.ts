import { type Schedule, schedulesOf } from '../../core/checks/schedules.ts';
import type { CostSettings } from '../../core/definition/cost-settings.ts';
import type { MonitoringDocument } from '../../core/definition/document.ts';
import { functionOfChannel, functionOfCheck } from '../../functions/deployed-functions.ts';

/** Hours in a month, as in the prices of AWS. */
export const monthHours = 730;
const monthSeconds = monthHours * 3600;

/** How often a schedule starts its function in a month. */
export const ticksOf = ({ everySeconds }: Pick<Schedule, 'everySeconds'>): number => monthSeconds / everySeconds;

/** The sweep runs every minute, and compares open incidents with their alarms every five minutes. */
export const sweeps = monthSeconds / 60;
export const comparisons = monthSeconds / 300;

/** The traffic of a month, from the schedules and from the assumptions of the config. */
export interface Traffic {
  /** Invocations, by function. */
  invocations: ReadonlyMap<string, number>;
  /** How often a check checks a target; each is a row of the history. */
  checkedTargets: number;
  batchRuns: number;
  /** Messages of one channel: each incident opens and resolves. */
  messagesPerChannel: number;
  /** Messages of all channels. */
  notifications: number;
}

/** Computes the traffic of a document from its schedules and assumptions. */
export function trafficOf(document: MonitoringDocument, assume: CostSettings['assume']): Traffic {
  const channels = Object.values(document.channels);
  const batchRuns = document.targets.filter(({ kind }) => kind === 'batch').length * assume.runsPerBatchJob;
  const perChannel = assume.incidentsPerMonth * 2;
  const invocations = new Map<string, number>([
    ['alert-router', perChannel],
    ['run-ingest', batchRuns],
    ['sweep', sweeps],
  ]);
  const add = (name: string, times: number) => invocations.set(name, (invocations.get(name) ?? 0) + times);
  for (const schedule of schedulesOf(document)) add(functionOfCheck(schedule.check).name, ticksOf(schedule));
  for (const { channel } of channels) add(functionOfChannel(channel).name, perChannel);
  return {
    invocations,
    checkedTargets: document.targets
      .flatMap(({ checks }) => checks)
      .reduce((sum, { every }) => sum + ticksOf({ everySeconds: every }), 0),
    batchRuns,
    messagesPerChannel: perChannel,
    notifications: perChannel * channels.length,
  };
}
