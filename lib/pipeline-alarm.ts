import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { pipelineAlarmName } from './names.ts';
import type { PipelineContext } from './pipeline-context.ts';
import { warmUp } from './warm-up.ts';

/** An alarm on the pipeline itself. It notifies the operators directly, not through the router and the notifiers. */
export interface PipelineAlarm {
  /** The monitored part, and the problem: the last two parts of the alarm's name. */
  readonly thing: string;
  readonly what: string;
  /** What happened and what to do, for the reader of a mail from AWS. */
  readonly description: string;
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly statistic: 'Sum' | 'Maximum';
  readonly comparison: 'LessThanThreshold' | 'GreaterThanOrEqualToThreshold';
  readonly threshold: number;
  readonly periodSeconds: number;
  /** @default 1 */
  readonly periods?: number;
  readonly missingData: 'breaching' | 'notBreaching';
}

/** Builds the alarm under `scope`, once for each `what`. */
export function alarmOperators(scope: Construct, context: PipelineContext, alarm: PipelineAlarm): CfnAlarm {
  const operators = [context.failures.topicArn];
  return new CfnAlarm(scope, `${alarm.what}-alarm`, {
    alarmName: pipelineAlarmName(context.document, alarm.thing, alarm.what),
    alarmDescription: alarm.description,
    namespace: alarm.namespace,
    metricName: alarm.metric,
    dimensions: Object.entries(alarm.dimensions).map(([name, value]) => ({ name, value })),
    statistic: alarm.statistic,
    comparisonOperator: alarm.comparison,
    threshold: alarm.threshold,
    period: alarm.periodSeconds,
    evaluationPeriods: alarm.periods ?? 1,
    treatMissingData: alarm.missingData,
    ...warmUp({ ...alarm, periods: alarm.periods ?? 1 }),
    alarmActions: operators,
    okActions: operators,
  });
}
