import { type Alarm, alarmsOf, longestFor } from '../../core/alarms/alarm.ts';
import type { MonitoringDocument, Target } from '../../core/definition/document.ts';
import type { MetricRule } from '../../core/rules/rule.ts';

/** A variant of a rule, with its alarm. */
export interface Variant {
  threshold: number;
  forSeconds: number;
  /** Whether this is the rule of the config. */
  current: boolean;
  rule: MetricRule;
  alarm: Alarm;
}

/** A metric rule with its target. */
export interface FoundRule {
  target: Target;
  rule: MetricRule;
}

/** The metric rules of a document by `<target>/<rule id>`. */
export const metricRules = (document: MonitoringDocument): ReadonlyMap<string, FoundRule> =>
  new Map(
    document.targets.flatMap((target) =>
      target.rules.flatMap((rule) =>
        rule.type === 'metric' ? [[`${target.name}/${rule.id}`, { target, rule }] as const] : [],
      ),
    ),
  );

/** Returns each combination of thresholds and durations, and the rule of the config; sorted by threshold, then by duration. */
export function variantsOf(
  document: MonitoringDocument,
  { target, rule }: FoundRule,
  grid: { thresholds: readonly number[]; durations: readonly number[] },
): Variant[] {
  const thresholds = grid.thresholds.length > 0 ? grid.thresholds : [rule.threshold];
  const durations = grid.durations.length > 0 ? grid.durations : [rule.for];
  const others = thresholds
    .flatMap((threshold) => durations.map((seconds) => ({ ...rule, threshold, for: seconds })))
    .filter((other) => other.threshold !== rule.threshold || other.for !== rule.for);
  const sorted = [rule, ...others].sort((a, b) => a.threshold - b.threshold || a.for - b.for);
  return sorted.map((one) => {
    const alarm = alarmOf(document, target, one);
    return { threshold: one.threshold, forSeconds: one.for, current: one === rule, rule: one, alarm };
  });
}

/** Why a duration is not valid for a rule, or undefined if it is valid. */
export function durationProblem(document: MonitoringDocument, { target, rule }: FoundRule, seconds: number) {
  const { periodSeconds } = alarmOf(document, target, rule);
  const longest = longestFor(periodSeconds);
  return seconds > longest
    ? `is longer than the maximum of CloudWatch, which is ${longest / 86_400 === 1 ? 'one day' : 'seven days'} for this period`
    : undefined;
}

/** Makes the alarm of a rule with the function that also makes the deployed alarm. M stays the same, if it fits. */
function alarmOf(document: MonitoringDocument, target: Target, rule: MetricRule): Alarm {
  const alarms = alarmsOf({ ...document, targets: [{ ...target, rules: [rule] }] });
  const alarm = alarms.find(({ audience }) => 'people' in audience)!;
  return { ...alarm, datapointsToAlarm: Math.min(alarm.datapointsToAlarm, alarm.evaluationPeriods) };
}
