import type { MonitoringDocument } from '../../core/definition/document.ts';
import { runCircumstances } from '../../core/incidents/circumstances.ts';
import { step } from '../../core/incidents/step.ts';
import type { WatchedRule } from '../../core/incidents/watched-rule.ts';
import type { EventRule } from '../../core/rules/rule.ts';
import { sayDuration } from '../../core/time/duration.ts';
import type { BatchRun } from '../../events/batch-run.ts';
import { listener, type Play } from './play.ts';

/** How the runs of a test end: `ok`, `failed`, or `_` for no run in that interval. */
export type RunOutcome = 'ok' | 'failed' | '_';

/** Plays batch runs, one an interval, each ending a minute after its start: what the router makes of their signals. */
export function playEventRule(
  document: MonitoringDocument,
  watch: WatchedRule & { rule: EventRule },
  runs: readonly RunOutcome[],
  intervalSeconds: number,
  until: number,
): Play {
  const { told, group, hear } = listener(watch.key);
  const states: { at: number; to: 'ALARM' | 'OK' }[] = [];
  for (let at = 0; at <= until; at += 60) {
    const outcome = at % intervalSeconds === 0 ? runs[at / intervalSeconds] : undefined;
    if (outcome && outcome !== '_') {
      const run = aRun(watch.target.name, outcome, at);
      const circumstances = runCircumstances(document, watch, run);
      hear(step(group(), { type: 'batch-run', run }, { ...circumstances, now: at * 1000 }), at);
      states.push({ at, to: outcome === 'failed' ? 'ALARM' : 'OK' });
    }
    hear(step(group(), { type: 'time' }, { now: at * 1000 }), at);
  }
  return {
    told,
    stateAt: (at) => states.findLast((state) => state.at <= at)?.to ?? 'INSUFFICIENT_DATA',
    strip: (at) =>
      `  runs, one each ${sayDuration(intervalSeconds)}, up to then: ${runs.slice(0, at / intervalSeconds + 1).join(' ')}`,
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
