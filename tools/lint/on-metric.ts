import type { MonitoringDocument, Target } from '../../core/definition/document.ts';
import type { MetricRule } from '../../core/rules/rule.ts';
import type { Lint } from './finding.ts';

/** A look at rules on metrics only. */
export const onMetric = (
  code: Lint['code'],
  look: (rule: MetricRule, target: Target, document: MonitoringDocument) => string | undefined,
): Lint => ({
  code,
  look: (rule, target, document) => (rule.type === 'metric' ? look(rule, target, document) : undefined),
});
