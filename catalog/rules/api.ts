import type { MetricRuleOptions, RuleInput } from '../../core/rules/rule.ts';
import { parseDuration } from '../../core/time/duration.ts';
import { ruleBuilder } from './builder.ts';

// Rules on what an API tells of itself (catalog/metrics/api.ts).

/** Too many requests fail. Critical. @default abovePercent: 5, for: 2 minutes */
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
  description: '{{value}} of the requests to {{target}} fail, {{threshold}} is the limit, for {{for}}.',
  actions: [
    'Read the error log: is it one error or many, and when did it begin?',
    'Was something deployed just before? Roll it back.',
    'Check that the model is loaded, and whether single categories or inputs fail.',
    'Look at the last inputs: images of poor quality fail first.',
  ],
  runbook: 'error-rate-high',
});

/** More requests fail than should. High. @default abovePercent: 2, for: 5 minutes */
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
  description: '{{value}} of the requests to {{target}} fail, {{threshold}} is the limit, for {{for}}.',
  actions: [
    'Read the error log of the last half hour: which error is new?',
    'Check what the service depends on: database, cache, other APIs, quotas.',
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
  description: '{{value}} of the predictions of {{target}} succeed, {{threshold}} is the least, for {{for}}.',
  actions: [
    'Compare with the day before: a step is a deployment, a slope is the data.',
    'Read the errors of the last predictions, and ask the service for its health.',
  ],
  runbook: 'success-rate-low',
});

/**
 * Not one request succeeds: two minutes without, seen for one more. Critical. A service that says nothing at all counts as
 * one that fails. @default for: 3 minutes
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
  summary: 'No request succeeds',
  description: '{{target}} has not answered one request successfully for {{for}}.',
  actions: [
    'Ask the service yourself: tocsin check health {{target}} tells "down" from "no traffic".',
    'Fail over to the standby or the version before.',
    'Restart what does not come back by itself, and watch the first requests succeed.',
  ],
  runbook: 'service-unavailable',
  ...options,
});

/** A request failed through our own fault (5xx). High. @default atOrAboveCount: 1, for: 1 minute */
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
  description: '{{target}} answered {{value}} requests with a server error within a minute.',
  actions: ['Find the request in the log by its time and status: its stack trace names the place.'],
  runbook: 'server-errors',
});

/** Requests take too long, of 100 the 95th. Medium. @default aboveSeconds: 0.5, for: 5 minutes */
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
  description: 'One request in twenty to {{target}} takes over {{value}}, {{threshold}} is the limit, for {{for}}.',
  actions: [
    'Compare the time in the model with the time around it: is it the model, or what it waits for?',
    'Compare requests a second and CPU with the hour before; scale out when both rose.',
  ],
  runbook: 'requests-slow',
});

/** Hardly anybody asks. Medium. Silence counts as no requests. @default belowPerSecond: 1, for: 10 minutes */
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
    description: `{{target}} had {{value}} requests in ${period}; under {{threshold}} for {{for}}.`,
    actions: [
      'Is it night, or a holiday? Then move the limit, or give the rule hours of its own.',
      'Follow a request from outside: DNS, load balancer, listener. Do callers see errors?',
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
  description: 'Requests to {{target}} lie {{value}} under what is usual at this hour, {{threshold}} is the limit.',
  actions: [
    'Ask which caller is missing: compare requests by caller with the week before.',
    'Check error rate and latency: slow services are asked less.',
  ],
  runbook: 'throughput-dropped',
});

/** The cache hardly helps. High. @default belowPercent: 25, for: 30 minutes */
export const cacheHitsLow = ruleBuilder('belowPercent', {
  id: 'cache-hits-low',
  tier: 'high',
  metric: 'CacheHitPercent',
  statistic: 'Average',
  comparison: 'below',
  threshold: 25,
  for: '30 minutes',
  missingData: 'missing',
  summary: 'Cache hits low',
  description: '{{value}} of the look-ups of {{target}} hit the cache, {{threshold}} is the least, for {{for}}.',
  actions: [
    'Check the configuration of the cache: size, lifetime, and the key (does it hold something that changes each time?).',
    'Was the cache emptied by a restart or a deployment? Then wait an hour.',
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
  // Nothing was deployed: nothing failed.
  missingData: 'notBreaching',
  keepFiringFor: '1 hour',
  summary: 'Deployment failed',
  description: 'A deployment of {{target}} failed.',
  actions: [
    'Read the log of the deployment: which step, which error?',
    'Check which version serves now, and that it is healthy.',
  ],
  runbook: 'deployment-failed',
});

/** The service answered fewer of its health checks in a day than promised. Medium. @default belowPercent: 99.9 */
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
    description: `{{target}} was up for less than ${belowPercent} % of the last day.`,
    actions: [
      'List the outages of the day: tocsin history failed --days 1.',
      'Decide what to mend first: the longest, or the one that comes back.',
    ],
    runbook: 'availability-low',
    ...rest,
  };
}
