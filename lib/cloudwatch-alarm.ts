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
 * An alarm of the document as CloudWatch takes it. Every change of state goes to one topic: the router wants to know of a
 * recovery and of missing data as well. The unit is left out on purpose, since CloudWatch would ignore every value that
 * does not repeat it.
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
