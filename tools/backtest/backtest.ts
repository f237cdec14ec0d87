import type { AlarmCondition } from '../../core/alarms/alarm-condition.ts';
import { evaluationInterval, evaluationRange } from '../../core/alarms/evaluate.ts';
import { type Alert, alertsOf } from './alerts.ts';
import { type DatapointGrid, datapointGrid, playRecording, type Span } from './play-recording.ts';
import type { Recorded } from './point-collector.ts';
import { RecordingError } from './recording-error.ts';
import { type Score, score, type Yardstick } from './score.ts';
import type { Variant } from './variants.ts';

/** The result of one variant of the rule over the recording. */
export interface Result extends Variant {
  alerts: readonly Alert[];
  score: Score;
}

/** Ten years. A longer span is probably a typing error, and each of its minutes would be evaluated. */
const longestMs = 10 * 366 * 86_400_000;

/** The part of a recording that is played: from the minute of the first point to the evaluation that includes the last one. */
export function spanOf({ recording: { times }, until }: Recorded): Span {
  const minute = 60_000;
  const start = Math.floor(times[0]! / minute) * minute;
  const end = Math.max(Math.floor(times.at(-1)! / minute) * minute + minute, until ?? 0);
  if (end - start > longestMs) {
    const [from, to] = [start, end].map((at) => new Date(at).toISOString());
    throw new RecordingError(
      `The recording is from ${from} to ${to}, and the maximum for a backtest is ten years. Check these two timestamps.`,
    );
  }
  return { start, end };
}

/**
 * Plays a recording through each variant of a rule. It is a generator, so that the caller can show progress.
 * @param recorded must have at least one point in the span
 */
export function* backtest(
  variants: readonly Variant[],
  recorded: Recorded,
  yardstick: Omit<Yardstick, 'windowSeconds'>,
): Generator<Result> {
  const span = spanOf(recorded);
  const gridOf = gridsOver(recorded, span);
  for (const variant of variants) {
    const { alarm, rule } = variant;
    const alerts = alertsOf(playRecording(alarm, gridOf(alarm), span), span.end, rule.keepFiringFor);
    const windowSeconds = evaluationRange(alarm) * alarm.periodSeconds;
    yield { ...variant, alerts, score: score(alerts, { ...yardstick, windowSeconds }) };
  }
}

/** The datapoints that an alarm evaluates. Most thresholds and durations share them. */
export function gridsOver({ recording, isStatistic }: Recorded, span: Span): (alarm: AlarmCondition) => DatapointGrid {
  const grids = new Map<string, DatapointGrid>();
  return (alarm) => {
    // Each value is itself a sample count, so the values are summed, not counted.
    const statistic = isStatistic && alarm.statistic === 'SampleCount' ? 'Sum' : alarm.statistic;
    const key = `${alarm.periodSeconds} ${evaluationInterval(alarm)}`;
    let grid = grids.get(key);
    if (!grid) {
      grid = datapointGrid({ ...alarm, statistic }, recording, span);
      grids.set(key, grid);
    }
    return grid;
  };
}

/** The usual interval between two points, and the gaps (at least twice that interval); in seconds. */
export function rhythmOf(recorded: Recorded): { step?: number; gaps: number; longestGap: number } {
  const step = usualStep(recorded);
  const { times } = recorded.recording;
  let [gaps, longestGap] = [0, 0];
  for (let i = 1; step && i < times.length; i += 1) {
    const between = (times[i]! - times[i - 1]!) / 1000;
    if (between < 2 * step) continue;
    gaps += 1;
    longestGap = Math.max(longestGap, between);
  }
  return { ...(step !== undefined && { step }), gaps, longestGap };
}

function usualStep({ recording: { times } }: Recorded): number | undefined {
  const steps = Array.from({ length: Math.min(times.length - 1, 1001) }, (_, i) => times[i + 1]! - times[i]!);
  return steps.length === 0 ? undefined : steps.sort((a, b) => a - b)[steps.length >> 1]! / 1000;
}
