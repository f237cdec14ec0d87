import { windowOf } from '../../core/alarms/alarm.ts';
import type { MetricRule } from '../../core/rules/rule.ts';
import { formatDuration } from '../../core/time/duration.ts';
import type { Lint } from './finding.ts';
import { onMetric } from './on-metric.ts';
import { isBelow } from './threshold-lints.ts';

/** How long a rule takes to fire once every datapoint breaches, in seconds: M of them, whatever N is. */
export function takesToFire(rule: MetricRule): number {
  const { periodSeconds, evaluationPeriods } = windowOf(rule);
  return periodSeconds * (rule.datapointsToAlarm ?? evaluationPeriods);
}

/** How long a critical rule may take to fire, in seconds. */
const latestCritical = 15 * 60;

const firesLate = onMetric('fires-late', (rule) => {
  const takes = takesToFire(rule);
  return rule.tier === 'critical' && takes > latestCritical
    ? `is critical and takes ${formatDuration(takes)} to fire. Shorten "for", check more often, or lower the tier`
    : undefined;
});

/** Whether M of N is so few that "for" says how long an alarm stays, and not how long it waits: 1 of 5, 2 of 30. */
const isFew = (m: number, n: number) => (m === 1 && n >= 5) || (m === 2 && n >= 30);

/** One bad minute of an hour fires, and stays for an hour. "Any failure within the last hour" is meant so. */
const oneOfMany = onMetric('one-of-many', (rule) => {
  const { periodSeconds, evaluationPeriods } = windowOf(rule);
  const countsEvents = rule.statistic === 'Sum' && !isBelow(rule) && rule.missingData === 'notBreaching';
  const needed = rule.datapointsToAlarm ?? evaluationPeriods;
  return isFew(needed, evaluationPeriods) && !countsEvents
    ? `fires at ${needed === 1 ? 'one bad datapoint' : `${needed} bad datapoints`} of ${evaluationPeriods}, and then stays for ${formatDuration(periodSeconds * evaluationPeriods)}. Raise datapointsToAlarm; to hold an incident open, shorten "for" and set keepFiringFor`
    : undefined;
});

/** How often people are reminded at most, in seconds. */
const oftenestReminder = 5 * 60;

const remindsOften: Lint = {
  code: 'reminds-often',
  look: ({ remindEvery }) =>
    remindEvery !== 'never' && remindEvery < oftenestReminder
      ? `reminds every ${formatDuration(remindEvery)}: people mute a channel that repeats itself, and miss the next alert. Use 5 minutes or more; the default is 1 hour`
      : undefined,
};

/** What can be wrong with how long a rule waits, and how often it repeats itself. */
export const timeLints: readonly Lint[] = [firesLate, oneOfMany, remindsOften];
