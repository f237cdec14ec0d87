import { ruleBuilder } from './builder.ts';

// Rules on users and features (catalog/metrics/business.ts).

/** Fewer people come than a week ago. Medium. @default abovePercent: 15 */
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
  description: '{{target}} has {{value}} fewer daily active users than a week ago, {{threshold}} is the limit.',
  actions: [
    'List what changed in the product within the week.',
    'Check errors and latency as users see them.',
    'Ask users who left.',
  ],
  runbook: 'users-dropped',
});

/** A feature is used far less. Medium. @default abovePercent: 50 */
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
  description: 'A feature of {{target}} is used {{value}} less than usual, {{threshold}} is the limit.',
  actions: ['See which feature it is, and try it yourself.', 'Look for a release, or a caller that moved elsewhere.'],
  runbook: 'feature-usage-dropped',
});
