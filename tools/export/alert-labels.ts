import { alarmName } from '../../core/alarms/alarm.ts';
import type { Rule } from '../../core/rules/rule.ts';
import type { TargetRef } from '../../events/target.ts';

/** The severity label of alerts for operators, when the pipeline itself fails. */
export const operatorsSeverity = 'operators';

/** The labels of an alert. The rule file sets them and the routes match them. */
export const alertLabels = (
  deployment: { name: string; stage: string },
  target: TargetRef,
  rule: Pick<Rule, 'id' | 'tier'>,
): Record<string, string> => ({
  severity: rule.tier,
  deployment: deployment.name,
  stage: deployment.stage,
  kind: target.kind,
  target: target.name,
  rule: rule.id,
  alarm: alarmName(deployment, target, rule.id),
});
