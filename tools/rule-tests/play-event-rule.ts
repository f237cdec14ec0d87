import type { MonitoringDocument } from '../../core/definition/document.ts';
import { runCircumstances } from '../../core/incidents/circumstances.ts';
import { step } from '../../core/incidents/step.ts';
import type { WatchedRule } from '../../core/incidents/watched-rule.ts';
import type { EventRule } from '../../core/rules/rule.ts';
import { formatDuration } from '../../core/time/duration.ts';
import type { BatchRun } from '../../events/batch-run.ts';
import { type Play, recordNotifications } from './play.ts';

/** The outcome of a run in a test: `ok`, `failed`, or `_` for no run in that interval. */
export type RunOutcome = 'ok' | 'failed' | '_';

/** Plays batch runs through the router: one run per interval, each of which ends one minute after its start. */
export function playEventRule(
  document: MonitoringDocument,
  watch: WatchedRule & { rule: EventRule },
  runs: readonly RunOutcome[],
  intervalSeconds: number,
  until: number,
): Play {
  const { notified, group, record } = recordNotifications(watch.key);
  const states: { at: number; to: 'ALARM' | 'OK' }[] = [];
  for (let at = 0; at <= until; at += 60) {
    const outcome = at % intervalSeconds === 0 ? runs[at / intervalSeconds] : undefined;
    if (outcome && outcome !== '_') {
      const run = aRun(watch.target.name, outcome, at);
      const circumstances = runCircumstances(document, watch, run);
      record(step(group(), { type: 'batch-run', run }, { ...circumstances, now: at * 1000 }), at);
      states.push({ at, to: outcome === 'failed' ? 'ALARM' : 'OK' });
    }
    record(step(group(), { type: 'time' }, { now: at * 1000 }), at);
  }
  return {
    notified,
    stateAt: (at) => states.findLast((state) => state.at <= at)?.to ?? 'INSUFFICIENT_DATA',
    strip: (at) =>
      `  runs up to this time, one every ${formatDuration(intervalSeconds)}: ${runs.slice(0, at / intervalSeconds + 1).join(' ')}`,
  };
}

const aRun = (job: string, outcome: 'ok' | 'failed', at: number): BatchRun => ({
  job,
  runId: `run-${at}`,
  startedAt: (at - 60) * 1000,
  finishedAt: at * 1000,
  outcome: outcome === 'ok' ? 'succeeded' : 'failed',
  ...(outcome === 'failed' ? { exitCode: 1 } : {}),
});
