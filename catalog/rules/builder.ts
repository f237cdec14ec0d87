import type * as z from 'zod';
import type { MetricRuleOptions, metricRule, RuleInput } from '../../core/rules/rule.ts';

/** A rule on a metric as a builder holds it. */
export type RuleBase = Omit<z.input<typeof metricRule>, 'type'>;

/**
 * A rule of one's own, on a metric that Tocsin knows or that the config declares.
 * @example rule({ id: 'queue-long', tier: 'high', metric: 'QueueDepth', statistic: 'Maximum', comparison: 'above', threshold: 100, for: '5 minutes', missingData: 'missing', summary: 'Queue is long', description: '{{value}} wait.', runbook: 'queue-long' })
 */
export const rule = (said: RuleBase): RuleInput => ({ type: 'metric', ...said });

/**
 * Makes a builder of one kind of rule, whose threshold is a parameter with its meaning and unit in the name.
 * @param parameter what the threshold is called, as in `abovePercent`
 * @param base the rule as it is when nothing else is said
 */
export const ruleBuilder =
  <Parameter extends string>(parameter: Parameter, base: RuleBase) =>
  (options: MetricRuleOptions & { [P in Parameter]?: number } = {}): RuleInput => {
    const { [parameter]: threshold = base.threshold, ...rest } = options;
    return { type: 'metric', ...base, ...(rest as MetricRuleOptions), threshold: threshold as number };
  };
