import type { Comparison, MetricRule, MissingData } from '../rules/rule.ts';

/** The settings of an alarm that its evaluation needs. They have the same meaning as in CloudWatch. */
export interface AlarmCondition {
  statistic: MetricRule['statistic'];
  comparison: Comparison;
  threshold: number;
  periodSeconds: number;
  /** N: the number of datapoints that are evaluated. */
  evaluationPeriods: number;
  /** M: the number of datapoints that must breach. */
  datapointsToAlarm: number;
  missingData: MissingData;
  /** A percentile with fewer samples does not change the state. @default any number of samples */
  fewestSamples?: number;
}
