import { ruleBuilder } from './builder.ts';

// Rules on users and features (catalog/metrics/business.ts).

/** Daily active users dropped against a week ago. Medium. @default abovePercent: 15 */
export const usersDropped = ruleBuilder('abovePercent', {
  id: 'users-dropped',
  tier: 'medium',
  metric: 'DailyActiveUsersDropPercent',
  statistic: 'Average',
  comparison: 'above',
  threshold: 15,
  for: '6 hours',
  missingData: 'missing',
  remindEvery: '1 day',
  summary: 'Daily active users dropped',
  description: '{{target}} has {{value}} fewer daily active users than a week ago (threshold {{threshold}}).',
  actions: [
    'List what changed in the product within the week.',
    'Check the errors and the latency that users experience.',
    'Ask users who left.',
  ],
  runbook: 'users-dropped',
});

/** The usage of a feature dropped. Medium. @default abovePercent: 50 */
export const featureUsageDropped = ruleBuilder('abovePercent', {
  id: 'feature-usage-dropped',
  tier: 'medium',
  metric: 'FeatureUsageDropPercent',
  statistic: 'Maximum',
  comparison: 'above',
  threshold: 50,
  for: '1 hour',
  missingData: 'missing',
  remindEvery: '12 hours',
  summary: 'Feature usage dropped',
  description: 'The usage of a feature of {{target}} is {{value}} below the usual usage (threshold {{threshold}}).',
  actions: [
    'Find out which feature it is, and test it.',
    'Check for a release, or for a caller that stopped using it.',
  ],
  runbook: 'feature-usage-dropped',
});
