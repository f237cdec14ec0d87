import type { MetricRuleOptions, RuleInput } from '../../core/rules/rule.ts';
import { ruleBuilder } from './builder.ts';

// Rules on what the health check measures.

/** The service does not answer as it should. Critical. @default for: 3 minutes */
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
  description: '{{target}} has not answered its health check as expected for {{for}}.',
  actions: [
    'See what the last runs of the check say: tocsin history failed, or the execution history in the console.',
    'Look at the service: is the task, instance or process running, and what does its log say last?',
    'Restart or roll back, then watch the check turn healthy: tocsin check health {{target}}.',
  ],
  runbook: 'service-down',
  ...options,
});

/** The service answers, but its model is not in memory. Critical. @default for: 1 minute */
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
  description: '{{target}} answers, but says that its model is not loaded.',
  actions: [
    'Check that the model artefact exists and has the expected size and checksum.',
    'Compare the memory of the task with the size of the model.',
    "Read the service's start-up log for the error of the loader.",
  ],
  runbook: 'model-not-loaded',
  ...options,
});

/** Answers take too long. High. @default aboveSeconds: 5, for: 5 minutes */
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
  description: '{{target}} took {{value}} for its health check, {{threshold}} is the limit, for {{for}}.',
  actions: [
    'Compare request volume and CPU with the hour before.',
    'See which phase is slow (name look-up, connect, TLS, first byte) in the details of the last runs.',
    'Scale out, or roll back what was deployed last.',
  ],
  runbook: 'slow-responses',
});

/** Answers took longer than promised, on average over a day. Medium. @default aboveSeconds: 2 */
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
  description: '{{target}} took {{value}} for its health check on average over a day, {{threshold}} is the target.',
  actions: [
    'See which hours were slow, and what ran then.',
    'Move work out of the request, or give the service more machines.',
  ],
  runbook: 'responses-over-target',
});

/** The TLS certificate runs out soon. High. @default belowDays: 14 */
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
  description: 'The TLS certificate of {{target}} has {{value}} days left, {{threshold}} is the limit.',
  actions: ['Find out why it was not renewed by itself (DNS validation, an expired ACME account).', 'Renew it.'],
  runbook: 'certificate-expiring',
});
