import type { AlarmCondition } from '../../core/alarms/alarm-condition.ts';
import { aggregate, type Datapoint } from '../../core/alarms/datapoint.ts';
import { evaluate, evaluationInterval, evaluationRange } from '../../core/alarms/evaluate.ts';
import { tooFewSamples } from '../../core/alarms/few-samples.ts';
import { recovers } from '../../core/alarms/recovers.ts';
import type { MetricRule } from '../../core/rules/rule.ts';
import type { AlarmState } from '../../events/alarm-transition.ts';
import type { Recording } from './recording.ts';

/** A change of an alarm's state while a recording plays. */
export interface PlayedChange {
  /** Epoch milliseconds. */
  at: number;
  from: AlarmState;
  to: AlarmState;
  /** The datapoints that caused the change, oldest first. */
  range: readonly Datapoint[];
  /**
   * Set for a change to OK while the newest value still breaches: the time at which a value shows that the target has
   * recovered. No recovery is notified before that time.
   */
  recoveryAt?: number;
}

/** From the creation of the alarm, before the first point, to the last evaluation; epoch milliseconds. */
export interface Span {
  start: number;
  end: number;
}

/**
 * The datapoints of a recording. Each is computed once and shared by all evaluations that include it. The datapoint at
 * index i covers the period that ends i steps after the start.
 */
export interface DatapointGrid {
  stepMs: number;
  datapoints: readonly Datapoint[];
}

/**
 * Computes the datapoints that the evaluations of a condition may include. Conditions that differ only in threshold, M or
 * missing data share a grid.
 */
export function datapointGrid(
  condition: AlarmCondition,
  { times, values }: Recording,
  { start, end }: Span,
): DatapointGrid {
  // The start and the length of each window are multiples of the step.
  const stepMs = gcd(condition.periodSeconds, evaluationInterval(condition)) * 1000;
  const periodMs = condition.periodSeconds * 1000;
  const datapoints: Datapoint[] = [];
  let [first, last, before] = [0, 0, undefined as Datapoint];
  for (let at = start; at <= end; at += stepMs) {
    const [oldFirst, oldLast] = [first, last];
    while (last < times.length && times[last]! < at) last += 1;
    while (first < last && times[first]! < at - periodMs) first += 1;
    if (first !== oldFirst || last !== oldLast) before = datapoint(values, first, last, condition.statistic);
    datapoints.push(before);
  }
  return { stepMs, datapoints };
}

/** A period with one value, which is the usual case, needs no calculation. */
const datapoint = (values: Float64Array, first: number, last: number, statistic: MetricRule['statistic']): Datapoint =>
  last - first === 1 && statistic !== 'SampleCount' ? values[first] : aggregate(values, first, last, statistic);

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

/**
 * Plays a recording through an alarm, starting when the alarm is created, with the evaluations of CloudWatch.
 * @param samples the number of samples of each datapoint of the grid. @default enough
 * @returns all state changes, oldest first
 */
export function playRecording(
  condition: AlarmCondition,
  grid: DatapointGrid,
  span: Span,
  samples?: DatapointGrid,
): PlayedChange[] {
  const everyMs = evaluationInterval(condition) * 1000;
  const [stride, pace] = [(condition.periodSeconds * 1000) / grid.stepMs, everyMs / grid.stepMs];
  // All evaluations share one range; a state change gets a copy of it.
  const range: Datapoint[] = Array.from({ length: evaluationRange(condition) }, () => undefined);
  const changes: PlayedChange[] = [];
  const recoveryFrom = recoveries(condition, grid, pace);
  let state: AlarmState = 'INSUFFICIENT_DATA';
  for (let now = pace; now < grid.datapoints.length; now += pace) {
    if (tooFewSamples(condition, samples?.datapoints[now])) continue;
    for (let i = 0, at = now - (range.length - 1) * stride; i < range.length; i += 1, at += stride)
      range[i] = at < 0 ? undefined : grid.datapoints[at];
    const next = evaluate(condition, range, state);
    if (next === state) continue;
    const change = { at: span.start + now * grid.stepMs, from: state, to: next, range: [...range] };
    const recovery = next === 'OK' && !recovers(condition, range) ? recoveryFrom(now) : now;
    changes.push(recovery === now ? change : { ...change, recoveryAt: span.start + recovery * grid.stepMs });
    state = next;
  }
  return changes;
}

/**
 * Finds the first evaluation, at or after a given one, whose newest datapoint shows that the target has recovered; infinity
 * if there is none. Calls must be in ascending order, so that the recording is read only once.
 */
function recoveries(condition: AlarmCondition, { datapoints }: DatapointGrid, pace: number): (from: number) => number {
  let found = 0;
  return (from) => {
    for (found = Math.max(found, from); found < datapoints.length; found += pace)
      if (recovers(condition, datapoints.slice(found, found + 1))) return found;
    return Number.POSITIVE_INFINITY;
  };
}
