import type * as z from 'zod';
import type { MetricRuleOptions, metricRule, RuleInput } from '../../core/rules/rule.ts';

/** The fields of a metric rule that a builder starts from. */
export type RuleBase = Omit<z.input<typeof metricRule>, 'type'>;

/**
 * Your own rule, on a metric of the catalogue or one that the config declares.
 * @example rule({ id: 'queue-long', tier: 'high', metric: 'QueueDepth', statistic: 'Maximum', comparison: 'above', threshold: 100, for: '5 minutes', missingData: 'missing', summary: 'Queue is long', description: '{{value}} items are waiting (threshold {{threshold}}).', runbook: 'queue-long' })
 */
export const rule = (fields: RuleBase): RuleInput => ({ type: 'metric', ...fields });

/**
 * Creates a rule builder whose threshold is an option with its meaning and unit in the name.
 * @param parameter the name of the threshold option, as in `abovePercent`
 * @param base the rule with its default values
 */
export const ruleBuilder =
  <Parameter extends string>(parameter: Parameter, base: RuleBase) =>
  (options: MetricRuleOptions & { [P in Parameter]?: number } = {}): RuleInput => {
    const { [parameter]: threshold = base.threshold, ...rest } = options;
    return { type: 'metric', ...base, ...(rest as MetricRuleOptions), threshold: threshold as number };
  };
