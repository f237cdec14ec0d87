import type { Datapoint } from '../../core/alarms/datapoint.ts';
import { breaches } from '../../core/alarms/evaluate.ts';
import type { AlarmState } from '../../events/alarm-transition.ts';
import { lookbackSeconds, type Watched, waits } from './promql.ts';

/** One evaluation in CloudWatch and in Prometheus. */
export interface Evaluation {
  watched: Watched;
  /** Seconds since the alarm and the rule were created. */
  at: number;
  /** The N + 2 datapoints in the evaluation range of CloudWatch, oldest first. */
  range: readonly Datapoint[];
  /** The datapoints before the range, which Prometheus may still use if a value is valid for several periods. @default none */
  before?: readonly Datapoint[];
  /** The alarm state in CloudWatch. */
  state: AlarmState;
  /** Whether the condition holds in Prometheus, without `keep_firing_for`. */
  fires: boolean;
  /** The previous evaluations, for the duration of `keep_firing_for`. @default none */
  held?: readonly Evaluation[];
}

/** An inherent difference between CloudWatch and Prometheus, which no export can avoid. */
export interface Difference {
  id: string;
  /** The description of the difference. */
  says: string;
  /** Whether the difference can occur for a rule. */
  concerns(watched: Watched): boolean;
  /** Whether it explains the difference of an evaluation. */
  explains(evaluation: Evaluation): boolean;
}

const hasPolicy =
  (...policies: Watched['missingData'][]) =>
  ({ missingData }: Watched) =>
    policies.includes(missingData);
const countBreaches = (watched: Watched, points: readonly Datapoint[]) =>
  points.filter((point) => point !== undefined && breaches(watched, point)).length;
const realOf = (range: readonly Datapoint[]) => range.filter((point) => point !== undefined);
const newestOf = ({ watched, range }: Evaluation) => range.slice(-watched.evaluationPeriods);
const olderOf = ({ watched, range }: Evaluation) => range.slice(0, -watched.evaluationPeriods);
const hasGap = (points: readonly Datapoint[]) => points.includes(undefined);

/** Whether all known datapoints breach and the oldest is M periods old. Then CloudWatch does not wait for M datapoints. */
function breachesEarly({ watched, range }: Evaluation): boolean {
  const real = realOf(range);
  const oldest = range.findIndex((point) => point !== undefined);
  return (
    real.length > 0 &&
    real.length < watched.evaluationPeriods &&
    countBreaches(watched, real) === real.length &&
    range.length - oldest >= watched.datapointsToAlarm
  );
}

/**
 * All differences. A test against promtool shows that there are no others. Each requires a missing datapoint among the
 * newest N: otherwise CloudWatch and Prometheus evaluate the same N periods.
 */
export const differences: readonly Difference[] = [
  {
    id: 'older-breach',
    says: 'CloudWatch replaces a missing datapoint by a breach from the two previous periods. Prometheus restarts "for".',
    concerns: hasPolicy('missing', 'ignore', 'notBreaching'),
    explains: (evaluation) => {
      const { watched, range, state, fires } = evaluation;
      const counted = realOf(range).slice(-watched.evaluationPeriods);
      return (
        state === 'ALARM' &&
        !fires &&
        hasGap(newestOf(evaluation)) &&
        countBreaches(watched, olderOf(evaluation)) > 0 &&
        countBreaches(watched, counted) >= watched.datapointsToAlarm
      );
    },
  },
  {
    id: 'early-alarm',
    says: 'CloudWatch alarms on fewer than M datapoints if all known datapoints breach and the oldest is M periods old.',
    concerns: (watched) => hasPolicy('missing')(watched) && watched.evaluationPeriods > 1,
    explains: (evaluation) => evaluation.state === 'ALARM' && !evaluation.fires && breachesEarly(evaluation),
  },
  {
    id: 'state-kept',
    says: 'CloudWatch keeps the state ALARM while there is no data, or only breaching data. Prometheus cannot keep a state.',
    concerns: hasPolicy('ignore'),
    explains: (evaluation) =>
      evaluation.state === 'ALARM' &&
      !evaluation.fires &&
      (realOf(evaluation.range).length === 0 || breachesEarly(evaluation)),
  },
  {
    id: 'older-good-value',
    says: 'CloudWatch replaces a missing datapoint by a good value from the two previous periods. Prometheus treats it as breaching.',
    concerns: hasPolicy('breaching'),
    explains: (evaluation) =>
      evaluation.state === 'OK' &&
      evaluation.fires &&
      hasGap(newestOf(evaluation)) &&
      realOf(olderOf(evaluation)).length > countBreaches(evaluation.watched, olderOf(evaluation)),
  },
  {
    id: 'first-periods',
    says: 'CloudWatch treats the time before the rule was created as missing data. Prometheus waits until N periods have passed.',
    concerns: (watched) => hasPolicy('breaching')(watched) && waits(watched) && watched.evaluationPeriods > 1,
    explains: ({ watched, at, state, fires }) =>
      state === 'ALARM' && !fires && at < watched.evaluationPeriods * watched.periodSeconds,
  },
  {
    id: 'counter-gap',
    says: 'After a gap, a counter includes what happened during the gap, which CloudWatch does not receive. Prometheus needs two samples.',
    concerns: ({ type }) => type !== 'gauge',
    explains: ({ watched, range }) => watched.type !== 'gauge' && hasGap(range),
  },
  {
    id: 'carried',
    says: 'If a period is as short as the scrape interval, a value is valid for two scrapes, so that neither a late scrape nor a missing value is a gap.',
    concerns: (watched) => carriedPeriods(watched) > 0,
    explains: (evaluation) => carriedPeriods(evaluation.watched) > 0 && hasGap(newestOf(evaluation)),
  },
  {
    id: 'held',
    says: 'If one of the two fired and the other did not, keep_firing_for affects only that one.',
    concerns: ({ keepFiringSeconds }) => keepFiringSeconds > 0,
    explains: ({ held = [] }) => held.some((before) => reasonOf(before) !== undefined),
  },
];

/** For how many periods after its own the newest value is valid. */
export const carriedPeriods = (watched: Watched): number =>
  Math.ceil((lookbackSeconds(watched) - watched.periodSeconds) / watched.periodSeconds);

/** The datapoints in Prometheus: a missing one is replaced by the previous value while that is valid. */
const carried = (watched: Watched, range: readonly Datapoint[]): readonly Datapoint[] =>
  range.map((_, i) =>
    range.slice(Math.max(0, i - carriedPeriods(watched)), i + 1).findLast((point) => point !== undefined),
  );

/** Why the two differ in an evaluation; undefined if they do not, or if there is no known reason. */
export const reasonOf = (evaluation: Evaluation): Difference | undefined =>
  evaluation.fires === (evaluation.state === 'ALARM')
    ? undefined
    : differences.find(({ explains }) => explains(evaluation));

/** Whether an exported rule fires at an evaluation, computed from the datapoints and without `keep_firing_for`. */
export function firesInPrometheus({
  watched,
  at,
  range,
  before = [],
}: Pick<Evaluation, 'watched' | 'at' | 'range' | 'before'>): boolean {
  const newest = carried(watched, [...before, ...range]).slice(-watched.evaluationPeriods);
  const missing = watched.missingData === 'breaching' ? newest.length - realOf(newest).length : 0;
  const waited = !waits(watched) || at > (watched.evaluationPeriods - 1) * watched.periodSeconds;
  return waited && countBreaches(watched, newest) + missing >= watched.datapointsToAlarm;
}
