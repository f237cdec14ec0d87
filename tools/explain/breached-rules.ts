import { breaches } from '../../core/alarms/evaluate.ts';
import type { MonitoringDocument, Target } from '../../core/definition/document.ts';
import { formatValue } from '../../core/metrics/format-value.ts';
import { findMetricIn } from '../../core/metrics/metric-of.ts';
import type { MetricRule } from '../../core/rules/rule.ts';

/** The rules of a target that the given values breach. It ignores durations: the alarm may not fire yet. */
export const breachedRules = (target: Target, measurements: Readonly<Record<string, number>>): MetricRule[] =>
  target.rules.filter((rule): rule is MetricRule => {
    if (rule.type !== 'metric') return false;
    const value = measurements[rule.metric];
    return value !== undefined && breaches(rule, value);
  });

/** Formats measured values: `FreeGigabytes 3.2 GB, FreePercent 8 %`. */
export const sayMeasurements = (
  document: Pick<MonitoringDocument, 'metrics'>,
  measurements: Readonly<Record<string, number>>,
): string =>
  Object.entries(measurements)
    .map(([name, value]) => `${name} ${formatValue(value, findMetricIn(document, name)?.unit ?? 'None')}`)
    .join(', ');
