import type { TargetRef } from '../../events/target.ts';
import { type Schedule, schedulesOf } from '../checks/schedules.ts';
import type { MonitoringDocument, Target } from '../definition/document.ts';
import { readingUnit } from '../metrics/format-value.ts';
import { dimensionsOf, type Metric, namespaceOf } from '../metrics/metric.ts';
import { metricOf } from '../metrics/metric-of.ts';
import { checkCompleted } from '../metrics/pipeline-metrics.ts';
import { oncePer } from '../once-per.ts';
import type { MetricRule } from '../rules/rule.ts';
import type { AlarmCondition } from './alarm-condition.ts';
import { significantSamples } from './few-samples.ts';

/** A rule applied to one target: one plain CloudWatch alarm on one metric. */
export interface Alarm extends AlarmCondition {
  /** `<name>/<stage>/<kind>/<target>/<rule id>`: a public interface. */
  name: string;
  /** The metric. The unit is that of the statistic. */
  metric: { namespace: string; name: string; unit: Metric['unit']; dimensions: Readonly<Record<string, string>> };
  description: string;
  /** Who is notified: people through the router, or the operators directly (failures of the pipeline itself). */
  audience: { people: MetricRule; target: TargetRef } | { operators: true };
}

/** The name of an alarm, or of an event rule, on a target. */
export const alarmName = (deployment: { name: string; stage: string }, target: TargetRef, ruleId: string): string =>
  `${deployment.name}/${deployment.stage}/${target.kind}/${target.name}/${ruleId}`;

/** The name of the alarm for a schedule whose check did not complete. */
export const checkAlarmName = (deployment: { name: string; stage: string }, schedule: Schedule): string =>
  `${deployment.name}/${deployment.stage}/check/${schedule.id}/not-completed`;

/** Every alarm of a document: one per metric rule and target, and one per schedule for its own failure. */
export const alarmsOf = (document: MonitoringDocument): readonly Alarm[] => indexOf(document).all;

/** The alarm of that name. Undefined if the document has no such alarm. */
export const findAlarm = (document: MonitoringDocument, name: string): Alarm | undefined =>
  indexOf(document).byName.get(name);

/** Computed once, because each rule test and each incident of a sweep needs it. */
const indexOf = oncePer((document: MonitoringDocument) => {
  const all = [
    ...document.targets.flatMap((target) =>
      target.rules.flatMap((rule) => (rule.type === 'metric' ? [ruleAlarm(document, target, rule)] : [])),
    ),
    ...schedulesOf(document).map((schedule) => checkAlarm(document, schedule)),
  ];
  return { all, byName: new Map(all.map((alarm) => [alarm.name, alarm])) };
});

function ruleAlarm(document: MonitoringDocument, target: Target, rule: MetricRule): Alarm {
  const metric = metricOf(document, rule.metric);
  const { periodSeconds, evaluationPeriods } = windowOf(rule);
  return {
    name: alarmName(document, target, rule.id),
    metric: { ...placeOf(document, metric, target), name: metric.name, unit: readingUnit(metric.unit, rule.statistic) },
    description: `${target.name}: ${rule.summary}`,
    statistic: rule.statistic,
    comparison: rule.comparison,
    threshold: rule.threshold,
    periodSeconds,
    evaluationPeriods,
    datapointsToAlarm: rule.datapointsToAlarm ?? evaluationPeriods,
    missingData: rule.missingData,
    ...(rule.fewSamples === 'ignore' ? { fewestSamples: significantSamples(rule.statistic) } : {}),
    audience: { people: rule, target: { kind: target.kind, name: target.name } },
  };
}

/** The namespace and the dimensions of a metric on a target. */
export function placeOf(
  document: MonitoringDocument,
  { source, of }: Metric,
  target: Target,
): { namespace: string; dimensions: Readonly<Record<string, string>> } {
  return 'namespace' in source
    ? { namespace: source.namespace, dimensions: { ...source.fixed, ...target.dimensions[source.namespace] } }
    : { namespace: namespaceOf(document), dimensions: dimensionsOf(of, target.name) };
}

/** The longest window that CloudWatch allows, in seconds: one day, or seven days with periods of at least one hour. */
export const longestFor = (periodSeconds: number): number => (periodSeconds < 3600 ? 86_400 : 604_800);

/** The window of a rule. `for` is rounded up to whole datapoints, so that a stage with a longer interval needs no separate rules. */
export const windowOf = ({
  period,
  ...rule
}: Pick<MetricRule, 'period' | 'for'>): Pick<AlarmCondition, 'periodSeconds' | 'evaluationPeriods'> => ({
  periodSeconds: period,
  evaluationPeriods: Math.max(1, Math.ceil(rule.for / period)),
});

/** Fires after two consecutive missing completions. `breaching`, because a check that does not run publishes no value. */
function checkAlarm(document: MonitoringDocument, schedule: Schedule): Alarm {
  return {
    name: checkAlarmName(document, schedule),
    metric: {
      namespace: namespaceOf(document),
      name: checkCompleted.name,
      unit: checkCompleted.unit,
      dimensions: dimensionsOf(checkCompleted.of, schedule.id),
    },
    description: `The ${schedule.check} check (every ${schedule.everySeconds} s, shard ${schedule.shard}) did not complete.`,
    statistic: 'Sum',
    comparison: 'below',
    threshold: 1,
    periodSeconds: schedule.everySeconds < 60 && schedule.everySeconds > 10 ? 30 : Math.max(10, schedule.everySeconds),
    evaluationPeriods: 2,
    datapointsToAlarm: 2,
    missingData: 'breaching',
    audience: { operators: true },
  };
}
