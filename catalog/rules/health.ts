import type { MetricRuleOptions, RuleInput } from '../../core/rules/rule.ts';
import { ruleBuilder } from './builder.ts';

// Rules on the metrics of the health check.

/** The service fails its health check. Critical. @default for: 3 minutes */
export const serviceDown = (options: MetricRuleOptions = {}): RuleInput => ({
  type: 'metric',
  id: 'service-down',
  tier: 'critical',
  metric: 'ServiceUp',
  statistic: 'Maximum',
  comparison: 'below',
  threshold: 1,
  for: '3 minutes',
  missingData: 'missing',
  explains: ['slow-responses', 'responses-over-target'],
  summary: 'Service down',
  description: '{{target}} has failed its health check for {{for}}.',
  actions: [
    'Read the results of the last checks: tocsin history failed, or the execution history in the console.',
    'Check the service: is the task, instance or process running, and what are the last lines of its log?',
    'Restart or roll back, then confirm that the check passes: tocsin check health {{target}}.',
  ],
  runbook: 'service-down',
  ...options,
});

/** The service responds, but its model is not loaded. Critical. @default for: 1 minute */
export const modelNotLoaded = (options: MetricRuleOptions = {}): RuleInput => ({
  type: 'metric',
  id: 'model-not-loaded',
  tier: 'critical',
  metric: 'ModelLoaded',
  statistic: 'Maximum',
  comparison: 'below',
  threshold: 1,
  for: '1 minute',
  missingData: 'missing',
  summary: 'Model not loaded',
  description: '{{target}} responds, but reports that its model is not loaded.',
  actions: [
    'Check that the model artifact exists and has the expected size and checksum.',
    'Compare the memory limit of the task with the size of the model.',
    "Read the service's startup log for errors while the model was loading.",
  ],
  runbook: 'model-not-loaded',
  ...options,
});

/** The health check responds slowly. High. @default aboveSeconds: 5, for: 5 minutes */
export const slowResponses = ruleBuilder('aboveSeconds', {
  id: 'slow-responses',
  tier: 'high',
  metric: 'ResponseSeconds',
  statistic: 'Average',
  comparison: 'above',
  threshold: 5,
  for: '5 minutes',
  missingData: 'missing',
  summary: 'Slow responses',
  description: 'The health check of {{target}} averaged {{value}} over {{for}} (threshold {{threshold}}).',
  actions: [
    'Compare request volume and CPU with the previous hour.',
    'Find the slow phase (DNS, connect, TLS, first byte) in the details of the last runs.',
    'Scale out, or roll back the last deployment.',
  ],
  runbook: 'slow-responses',
});

/** The average response time of a day is over its target. Medium. @default aboveSeconds: 2 */
export const responsesOverTarget = ruleBuilder('aboveSeconds', {
  id: 'responses-over-target',
  tier: 'medium',
  metric: 'ResponseSeconds',
  statistic: 'Average',
  comparison: 'above',
  threshold: 2,
  period: '1 day',
  for: '1 day',
  missingData: 'missing',
  remindEvery: 'never',
  summary: 'Responses over their target',
  description: 'The health check of {{target}} averaged {{value}} over the last day (threshold {{threshold}}).',
  actions: [
    'Find out which hours were slow, and what else ran at that time.',
    'Move work out of the request, or add capacity to the service.',
  ],
  runbook: 'responses-over-target',
});

/** The TLS certificate expires soon. High. @default belowDays: 14 */
export const certificateExpiring = ruleBuilder('belowDays', {
  id: 'certificate-expiring',
  tier: 'high',
  metric: 'CertificateDaysLeft',
  statistic: 'Minimum',
  comparison: 'below',
  threshold: 14,
  for: '15 minutes',
  missingData: 'missing',
  remindEvery: '1 day',
  summary: 'Certificate expires soon',
  description: 'The TLS certificate of {{target}} expires in {{value}} days (threshold {{threshold}} days).',
  actions: ['Find out why it was not renewed automatically (DNS validation, an expired ACME account).', 'Renew it.'],
  runbook: 'certificate-expiring',
});
