import type { Datapoint } from '../../core/alarms/datapoint.ts';
import { breaches } from '../../core/alarms/evaluate.ts';
import type { AlarmState } from '../../events/alarm-transition.ts';
import { lookbackSeconds, type Watched, waits } from './promql.ts';

/** One evaluation, as both saw it. */
export interface Evaluation {
  watched: Watched;
  /** Seconds since the alarm and the rule were made. */
  at: number;
  /** The datapoints that CloudWatch looks at, N + 2, oldest first. */
  range: readonly Datapoint[];
  /** The datapoints before those, which Prometheus may still see where a value stands for several periods. @default none */
  before?: readonly Datapoint[];
  /** What CloudWatch says. */
  state: AlarmState;
  /** Whether the alert fires in Prometheus, if it is not only held. */
  fires: boolean;
  /** The evaluations before it for as long as the rule holds an alert. @default none */
  held?: readonly Evaluation[];
}

/** Something in which CloudWatch and Prometheus differ by what they are, not by how the rule was exported. */
export interface Difference {
  id: string;
  /** Reads on from its name. */
  says: string;
  /** Whether a rule can show it. */
  concerns(watched: Watched): boolean;
  /** Whether it is the reason why this evaluation differs. */
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

/** Whether all that is known breaches, and has for M periods: then CloudWatch does not wait for M datapoints. */
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
 * All differences that there are; that no other minute differs is tested against promtool. Each needs a missing datapoint
 * among the newest N: without one CloudWatch looks at the same N periods as Prometheus and at nothing else.
 */
export const differences: readonly Difference[] = [
  {
    id: 'older-breach',
    says: 'CloudWatch lets a breach from the two periods before stand in for a missing datapoint, Prometheus begins anew.',
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
    says: 'CloudWatch alarms on fewer than M datapoints when all that it knows breaches and the oldest is M periods old.',
    concerns: (watched) => hasPolicy('missing')(watched) && watched.evaluationPeriods > 1,
    explains: (evaluation) => evaluation.state === 'ALARM' && !evaluation.fires && breachesEarly(evaluation),
  },
  {
    id: 'state-kept',
    says: 'CloudWatch keeps an ALARM while it knows nothing, or only breaches; Prometheus cannot keep a state.',
    concerns: hasPolicy('ignore'),
    explains: (evaluation) =>
      evaluation.state === 'ALARM' &&
      !evaluation.fires &&
      (realOf(evaluation.range).length === 0 || breachesEarly(evaluation)),
  },
  {
    id: 'older-good-value',
    says: 'CloudWatch lets a good value from the two periods before stand in for a missing datapoint, Prometheus takes it for a breach.',
    concerns: hasPolicy('breaching'),
    explains: (evaluation) =>
      evaluation.state === 'OK' &&
      evaluation.fires &&
      hasGap(newestOf(evaluation)) &&
      realOf(olderOf(evaluation)).length > countBreaches(evaluation.watched, olderOf(evaluation)),
  },
  {
    id: 'first-periods',
    says: 'CloudWatch takes the time before the rule for missing, Prometheus waits until it has seen N periods itself.',
    concerns: (watched) => hasPolicy('breaching')(watched) && waits(watched) && watched.evaluationPeriods > 1,
    explains: ({ watched, at, state, fires }) =>
      state === 'ALARM' && !fires && at < watched.evaluationPeriods * watched.periodSeconds,
  },
  {
    id: 'counter-gap',
    says: 'A counter tells after a gap what happened in it; CloudWatch never hears of that. Prometheus needs two samples.',
    concerns: ({ type }) => type !== 'gauge',
    explains: ({ watched, range }) => watched.type !== 'gauge' && hasGap(range),
  },
  {
    id: 'carried',
    says: 'Where a period is as short as a scrape, a value stands for two scrapes, so that a late scrape is no gap; nor is a missing value.',
    concerns: (watched) => carriedPeriods(watched) > 0,
    explains: (evaluation) => carriedPeriods(evaluation.watched) > 0 && hasGap(newestOf(evaluation)),
  },
  {
    id: 'held',
    says: 'Where one of the two fired and the other did not, keep_firing_for holds the one and not the other.',
    concerns: ({ keepFiringSeconds }) => keepFiringSeconds > 0,
    explains: ({ held = [] }) => held.some((before) => reasonOf(before) !== undefined),
  },
];

/** For how many periods after its own the newest value stands. */
export const carriedPeriods = (watched: Watched): number =>
  Math.ceil((lookbackSeconds(watched) - watched.periodSeconds) / watched.periodSeconds);

/** Datapoints as Prometheus sees them: a missing one is the value before it, for as long as that stands. */
const carried = (watched: Watched, range: readonly Datapoint[]): readonly Datapoint[] =>
  range.map((_, i) =>
    range.slice(Math.max(0, i - carriedPeriods(watched)), i + 1).findLast((point) => point !== undefined),
  );

/** Why the two differ in an evaluation; undefined where they do not, or where there is no reason. */
export const reasonOf = (evaluation: Evaluation): Difference | undefined =>
  evaluation.fires === (evaluation.state === 'ALARM')
    ? undefined
    : differences.find(({ explains }) => explains(evaluation));

/** Whether an exported rule fires at an evaluation, as far as the datapoints of the range tell; held alerts apart. */
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
