import type { MonitoringDocument, Target } from '../../core/definition/document.ts';
import type { MetricRule } from '../../core/rules/rule.ts';
import type { Lint } from './finding.ts';

/** Makes a lint check that applies to metric rules only. */
export const onMetric = (
  code: Lint['code'],
  check: (rule: MetricRule, target: Target, document: MonitoringDocument) => string | undefined,
): Lint => ({
  code,
  check: (rule, target, document) => (rule.type === 'metric' ? check(rule, target, document) : undefined),
});
