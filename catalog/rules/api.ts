import type { MetricRuleOptions, RuleInput } from '../../core/rules/rule.ts';
import { parseDuration } from '../../core/time/duration.ts';
import { ruleBuilder } from './builder.ts';

// Rules on the metrics that an API publishes (catalog/metrics/api.ts).

/** The error rate is above the limit. Critical. @default abovePercent: 5, for: 2 minutes */
export const errorRateHigh = ruleBuilder('abovePercent', {
  id: 'error-rate-high',
  tier: 'critical',
  metric: 'ErrorPercent',
  statistic: 'Average',
  comparison: 'above',
  threshold: 5,
  for: '2 minutes',
  missingData: 'missing',
  summary: 'Error rate high',
  description: 'The error rate of {{target}} averaged {{value}} over {{for}} (threshold {{threshold}}).',
  actions: [
    'Read the error log: is it one error or many, and when did it start?',
    'Was anything deployed just before? Roll it back.',
    'Check that the model is loaded, and whether only some categories or inputs fail.',
    'Check the inputs of the last failures: inputs of poor quality fail first.',
  ],
  runbook: 'error-rate-high',
});

/** The error rate is rising. High. @default abovePercent: 2, for: 5 minutes */
export const errorRateRising = ruleBuilder('abovePercent', {
  id: 'error-rate-rising',
  tier: 'high',
  metric: 'ErrorPercent',
  statistic: 'Average',
  comparison: 'above',
  threshold: 2,
  for: '5 minutes',
  missingData: 'missing',
  summary: 'Error rate rising',
  description: 'The error rate of {{target}} averaged {{value}} over {{for}} (threshold {{threshold}}).',
  actions: [
    'Read the error log of the last 30 minutes: which error is new?',
    'Check the dependencies of the service: database, cache, other APIs, quotas.',
  ],
  runbook: 'error-rate-rising',
});

/** Too few predictions succeed. Medium. @default belowPercent: 95, for: 15 minutes */
export const successRateLow = ruleBuilder('belowPercent', {
  id: 'success-rate-low',
  tier: 'medium',
  metric: 'SuccessPercent',
  statistic: 'Average',
  comparison: 'below',
  threshold: 95,
  for: '15 minutes',
  missingData: 'missing',
  summary: 'Success rate low',
  description: 'The success rate of {{target}} averaged {{value}} over {{for}} (threshold {{threshold}}).',
  actions: [
    'Compare with the previous day: a sudden drop points to a deployment, a gradual one to the data.',
    'Read the errors of the last predictions, and check the health of the service.',
  ],
  runbook: 'success-rate-low',
});

/**
 * No request has succeeded for the whole time. Critical. Missing data counts as no successful requests.
 * @default for: 3 minutes
 */
export const serviceUnavailable = (options: MetricRuleOptions = {}): RuleInput => ({
  type: 'metric',
  id: 'service-unavailable',
  tier: 'critical',
  metric: 'SuccessfulRequests',
  statistic: 'Sum',
  comparison: 'below',
  threshold: 1,
  for: '3 minutes',
  missingData: 'breaching',
  summary: 'No successful requests',
  description: '{{target}} has had no successful requests for {{for}}.',
  actions: [
    'Run a check now: tocsin check health {{target}} shows whether the service is down or has no traffic.',
    'Fail over to the standby or to the previous version.',
    'Restart what does not recover, and confirm that the first requests succeed.',
  ],
  runbook: 'service-unavailable',
  ...options,
});

/** A request failed with a server error (5xx). High. @default atOrAboveCount: 1, for: 1 minute */
export const serverErrors = ruleBuilder('atOrAboveCount', {
  id: 'server-errors',
  tier: 'high',
  metric: 'ServerErrors',
  statistic: 'Sum',
  comparison: 'atOrAbove',
  threshold: 1,
  for: '1 minute',
  // A minute without requests has no errors either.
  missingData: 'notBreaching',
  keepFiringFor: '10 minutes',
  summary: 'Server errors',
  description: '{{target}} returned server errors (5xx): {{value}} within a minute.',
  actions: ['Find the request in the log by its time and status: its stack trace shows where it failed.'],
  runbook: 'server-errors',
});

/** The 95th percentile of the request duration is too high. Medium. @default aboveSeconds: 0.5, for: 5 minutes */
export const requestsSlow = ruleBuilder('aboveSeconds', {
  id: 'requests-slow',
  tier: 'medium',
  metric: 'RequestSeconds',
  statistic: 'p95',
  comparison: 'above',
  threshold: 0.5,
  for: '5 minutes',
  missingData: 'missing',
  summary: 'Requests slow',
  description: 'The p95 request duration of {{target}} was {{value}} over {{for}} (threshold {{threshold}}).',
  actions: [
    'Compare the inference time with the request duration: is the model slow, or what the request waits for?',
    'Compare requests per second and CPU with the previous hour; scale out if both rose.',
  ],
  runbook: 'requests-slow',
});

/** There are few or no requests. Medium. Missing data counts as no requests. @default belowPerSecond: 1, for: 10 minutes */
export function throughputLow(options: MetricRuleOptions & { belowPerSecond?: number } = {}): RuleInput {
  const { belowPerSecond = 1, period = '1 minute', ...rest } = options;
  return {
    type: 'metric',
    id: 'throughput-low',
    tier: 'medium',
    metric: 'Requests',
    statistic: 'Sum',
    comparison: 'below',
    threshold: belowPerSecond * (parseDuration(period) ?? 60),
    period,
    for: '10 minutes',
    missingData: 'breaching',
    summary: 'Throughput low',
    description: `{{target}} received {{value}} requests in ${period} (threshold {{threshold}}), for {{for}}.`,
    actions: [
      'Is it night, or a holiday? Then change the threshold.',
      'Trace a request from outside: DNS, load balancer, listener. Do callers receive errors?',
    ],
    runbook: 'throughput-low',
    ...rest,
  };
}

/** Far fewer requests than usual at this hour. High. @default abovePercent: 20, for: 15 minutes */
export const throughputDropped = ruleBuilder('abovePercent', {
  id: 'throughput-dropped',
  tier: 'high',
  metric: 'ThroughputDropPercent',
  statistic: 'Average',
  comparison: 'above',
  threshold: 20,
  for: '15 minutes',
  missingData: 'missing',
  summary: 'Throughput dropped',
  description:
    'The request rate of {{target}} is {{value}} below the usual rate for this hour (threshold {{threshold}}).',
  actions: [
    'Find the caller that is missing: compare requests by caller with the previous week.',
    'Check the error rate and the latency: a slow service receives fewer requests.',
  ],
  runbook: 'throughput-dropped',
});

/** The cache hit rate is low. High. @default belowPercent: 25, for: 30 minutes */
export const cacheHitsLow = ruleBuilder('belowPercent', {
  id: 'cache-hits-low',
  tier: 'high',
  metric: 'CacheHitPercent',
  statistic: 'Average',
  comparison: 'below',
  threshold: 25,
  for: '30 minutes',
  missingData: 'missing',
  summary: 'Cache hit rate low',
  description: 'The cache hit rate of {{target}} averaged {{value}} over {{for}} (threshold {{threshold}}).',
  actions: [
    'Check the configuration of the cache: size, time to live, and the key (does a part of it change with each request?).',
    'Was the cache emptied by a restart or a deployment? Then wait one hour.',
  ],
  runbook: 'cache-hits-low',
});

/** A deployment failed. High. @default atOrAboveCount: 1 */
export const deploymentFailed = ruleBuilder('atOrAboveCount', {
  id: 'deployment-failed',
  tier: 'high',
  metric: 'DeploymentsFailed',
  statistic: 'Sum',
  comparison: 'atOrAbove',
  threshold: 1,
  for: '5 minutes',
  period: '5 minutes',
  // No deployment, no failure.
  missingData: 'notBreaching',
  keepFiringFor: '1 hour',
  summary: 'Deployment failed',
  description: 'A deployment of {{target}} failed.',
  actions: [
    'Read the log of the deployment: which step failed, with which error?',
    'Check which version serves requests now, and that it is healthy.',
  ],
  runbook: 'deployment-failed',
});

/** The availability of the last day is below its target. Medium. @default belowPercent: 99.9 */
export function availabilityLow(options: MetricRuleOptions & { belowPercent?: number } = {}): RuleInput {
  const { belowPercent = 99.9, ...rest } = options;
  return {
    type: 'metric',
    id: 'availability-low',
    tier: 'medium',
    metric: 'ServiceUp',
    statistic: 'Average',
    comparison: 'below',
    threshold: Number((belowPercent / 100).toPrecision(12)),
    period: '1 day',
    for: '1 day',
    missingData: 'missing',
    remindEvery: 'never',
    summary: 'Availability below its target',
    description: `{{target}} was available for less than ${belowPercent} % of the last day.`,
    actions: [
      'List the outages of the day: tocsin history failed --days 1.',
      'Decide what to fix first: the longest outage, or the one that recurs.',
    ],
    runbook: 'availability-low',
    ...rest,
  };
}
