import type { CfnAlarmProps } from 'aws-cdk-lib/aws-cloudwatch';

/**
 * How long a new alarm waits for its first values. Only an alarm that treats missing data as breaching needs it: without it,
 * each first deployment would notify the operators before any function could run. CloudWatch ends the wait as soon as the
 * window is complete, so that no problem is hidden for longer than this time.
 */
export const warmUp = (alarm: {
  missingData: string;
  periodSeconds: number;
  periods: number;
}): Pick<CfnAlarmProps, 'warmUpConfiguration'> =>
  alarm.missingData === 'breaching'
    ? {
        warmUpConfiguration: {
          warmUpPeriodDurationInMinutes: Math.ceil(((alarm.periods + 2) * alarm.periodSeconds) / 60),
        },
      }
    : {};
