import type { Comparison, MetricRule, MissingData } from '../rules/rule.ts';

/** What an alarm compares, and how long. The part of an alarm that evaluation needs; CloudWatch's own settings. */
export interface AlarmCondition {
  statistic: MetricRule['statistic'];
  comparison: Comparison;
  threshold: number;
  periodSeconds: number;
  /** N: how many datapoints are looked at. */
  evaluationPeriods: number;
  /** M: how many of them must breach. */
  datapointsToAlarm: number;
  missingData: MissingData;
  /** A percentile of fewer samples leaves the state as it is. @default any will do */
  fewestSamples?: number;
}
