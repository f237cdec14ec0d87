import { windowOf } from '../../core/alarms/alarm.ts';
import type { MetricRule } from '../../core/rules/rule.ts';
import { formatDuration } from '../../core/time/duration.ts';
import type { Lint } from './finding.ts';
import { onMetric } from './on-metric.ts';
import { isBelow } from './threshold-lints.ts';

/** How long a rule takes to fire when every datapoint breaches, in seconds: M datapoints. */
export function takesToFire(rule: MetricRule): number {
  const { periodSeconds, evaluationPeriods } = windowOf(rule);
  return periodSeconds * (rule.datapointsToAlarm ?? evaluationPeriods);
}

/** The maximum time that a critical rule may take to fire, in seconds. */
const latestCritical = 15 * 60;

const slowToFire = onMetric('slow-to-fire', (rule) => {
  const takes = takesToFire(rule);
  return rule.tier === 'critical' && takes > latestCritical
    ? `is critical and takes ${formatDuration(takes)} to fire. Use a shorter "for", check more often, or use a lower tier`
    : undefined;
});

/** Whether M is so small that `for` sets how long the alarm stays in ALARM and not how long it waits: 1 of 5, 2 of 30. */
const isFew = (m: number, n: number) => (m === 1 && n >= 5) || (m === 2 && n >= 30);

/** One bad minute in an hour fires, and the alarm stays in ALARM for an hour. A count such as "any failure within the last hour" is allowed. */
const oneOfManyDatapoints = onMetric('one-of-many-datapoints', (rule) => {
  const { periodSeconds, evaluationPeriods } = windowOf(rule);
  const countsEvents = rule.statistic === 'Sum' && !isBelow(rule) && rule.missingData === 'notBreaching';
  const needed = rule.datapointsToAlarm ?? evaluationPeriods;
  return isFew(needed, evaluationPeriods) && !countsEvents
    ? `fires at ${needed === 1 ? 'one breaching datapoint' : `${needed} breaching datapoints`} of ${evaluationPeriods}, and then stays in ALARM for ${formatDuration(periodSeconds * evaluationPeriods)}. Increase datapointsToAlarm. To keep an incident open, use a shorter "for" and set keepFiringFor`
    : undefined;
});

/** The shortest interval between reminders, in seconds. */
const shortestReminder = 5 * 60;

const frequentReminders: Lint = {
  code: 'frequent-reminders',
  check: ({ remindEvery }) =>
    remindEvery !== 'never' && remindEvery < shortestReminder
      ? `sends a reminder every ${formatDuration(remindEvery)}: people mute a channel with frequent reminders and miss the next alert. Use 5 minutes or more; the default is 1 hour`
      : undefined,
};

/** Lint checks of how long a rule waits and how often it reminds. */
export const timeLints: readonly Lint[] = [slowToFire, oneOfManyDatapoints, frequentReminders];
