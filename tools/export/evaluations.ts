import { type Datapoint, datapoints } from '../../core/alarms/datapoint.ts';
import { evaluationInterval, evaluationRange } from '../../core/alarms/evaluate.ts';
import { type StateChange, stateAt } from '../rule-tests/play-alarm.ts';
import { carriedPeriods, type Evaluation, firesInPrometheus } from './differences.ts';
import type { ExportedAlarm } from './exported-alarms.ts';

/** An alarm and its input series, with one value per interval. */
export interface Series extends ExportedAlarm {
  series: readonly Datapoint[];
  everySeconds: number;
}

/**
 * The result of an evaluation in Prometheus and CloudWatch, preceded by those of the earlier evaluations from which
 * `keep_firing_for` may still hold the alert. Without `keep_firing_for`, there is only the one evaluation.
 */
export function evaluationsFor(each: Series, changes: readonly StateChange[], at: number): Evaluation[] {
  const { alarm, watched, series, everySeconds } = each;
  const points = series.flatMap((value, i) => (value === undefined ? [] : [{ at: i * everySeconds * 1000, value }]));
  return heldMoments(each, at).map((moment) => {
    const earlier = carriedPeriods(watched);
    const all = datapoints(points, {
      end: moment * 1000,
      periodSeconds: alarm.periodSeconds,
      count: earlier + evaluationRange(alarm),
      statistic: alarm.statistic,
    });
    const [before, range] = [all.slice(0, earlier), all.slice(earlier)];
    const fires = firesInPrometheus({ watched, at: moment, range, before });
    return { watched, at: moment, range, before, state: stateAt(changes, moment), fires };
  });
}

/** The times of the evaluations from which an alert may be held until this one, oldest first. */
export function heldMoments({ alarm, watched }: ExportedAlarm, at: number): number[] {
  const step = evaluationInterval(alarm);
  return Array.from({ length: Math.ceil(watched.keepFiringSeconds / step) + 1 }, (_, back) => at - back * step)
    .filter((moment) => moment > 0)
    .reverse();
}

/** Converts the increase per interval, which CloudWatch receives, to the values of a counter. */
export function countUp(series: readonly Datapoint[]): Datapoint[] {
  let total = 0;
  return series.map((value) => {
    total += value ?? 0;
    return value === undefined ? undefined : total;
  });
}
