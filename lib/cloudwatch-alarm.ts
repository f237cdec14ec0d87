import type { CfnAlarmProps } from 'aws-cdk-lib/aws-cloudwatch';
import type { Alarm } from '../core/alarms/alarm.ts';
import type { Comparison } from '../core/rules/rule.ts';
import { warmUp } from './warm-up.ts';

const operators: Record<Comparison, string> = {
  below: 'LessThanThreshold',
  atOrBelow: 'LessThanOrEqualToThreshold',
  above: 'GreaterThanThreshold',
  atOrAbove: 'GreaterThanOrEqualToThreshold',
};

/**
 * The CloudWatch properties of an alarm in the document. Every state transition is published to one topic, because the router
 * also needs recoveries and missing data. The unit is omitted, because CloudWatch would ignore all values with another unit.
 */
export const cloudwatchAlarm = (alarm: Alarm, topicArn: string): CfnAlarmProps => ({
  alarmName: alarm.name,
  alarmDescription: alarm.description,
  namespace: alarm.metric.namespace,
  metricName: alarm.metric.name,
  dimensions: Object.entries(alarm.metric.dimensions).map(([name, value]) => ({ name, value })),
  ...(alarm.statistic.startsWith('p') ? { extendedStatistic: alarm.statistic } : { statistic: alarm.statistic }),
  comparisonOperator: operators[alarm.comparison],
  threshold: alarm.threshold,
  period: alarm.periodSeconds,
  evaluationPeriods: alarm.evaluationPeriods,
  datapointsToAlarm: alarm.datapointsToAlarm,
  treatMissingData: alarm.missingData,
  ...(alarm.fewestSamples === undefined ? {} : { evaluateLowSampleCountPercentile: 'ignore' }),
  ...warmUp({ ...alarm, periods: alarm.evaluationPeriods }),
  alarmActions: [topicArn],
  okActions: [topicArn],
  insufficientDataActions: [topicArn],
});
