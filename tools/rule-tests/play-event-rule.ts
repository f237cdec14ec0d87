import type { MonitoringDocument } from '../../core/definition/document.ts';
import { runBrief } from '../../core/incidents/brief.ts';
import { onFailureRule, onNewsRule } from '../../core/incidents/on-run.ts';
import { onDue } from '../../core/incidents/on-time.ts';
import type { Watch } from '../../core/incidents/watch.ts';
import type { EventRule } from '../../core/rules/rule.ts';
import { formatDuration } from '../../core/time/duration.ts';
import type { BatchRun } from '../../events/batch-run.ts';
import { listener, type Play } from './play.ts';

/** How the runs of a test end: `ok`, `failed`, or `_` for no run in that interval. */
export type RunOutcome = 'ok' | 'failed' | '_';

/** Plays batch runs, one an interval, each ending a minute after its start: what the router makes of the news. */
export function playEventRule(
  document: MonitoringDocument,
  watch: Watch & { rule: EventRule },
  runs: readonly RunOutcome[],
  intervalSeconds: number,
  until: number,
): Play {
  const decide = watch.rule.event === 'batch-run-failed' ? onFailureRule : onNewsRule;
  const { told, group, hear } = listener();
  const states: { at: number; to: 'ALARM' | 'OK' }[] = [];
  for (let at = 0; at <= until; at += 60) {
    const outcome = at % intervalSeconds === 0 ? runs[at / intervalSeconds] : undefined;
    if (outcome && outcome !== '_') {
      const run = aRun(watch.target.name, outcome, at);
      hear(decide(group(), watch.key, run, runBrief(document, watch, run), at * 1000), at);
      states.push({ at, to: outcome === 'failed' ? 'ALARM' : 'OK' });
    }
    const current = group();
    if (current) hear(onDue(current, at * 1000), at);
  }
  return {
    told,
    stateAt: (at) => states.findLast((state) => state.at <= at)?.to ?? 'INSUFFICIENT_DATA',
    strip: (at) =>
      `  runs, one each ${formatDuration(intervalSeconds)}, up to then: ${runs.slice(0, at / intervalSeconds + 1).join(' ')}`,
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
