import type { CfnAlarmProps } from 'aws-cdk-lib/aws-cloudwatch';

/**
 * How long a new alarm waits for its first values. Only an alarm that takes silence for a breach needs it: without, each
 * first deploy would notify the operators that nothing runs, before anything could have run. CloudWatch ends the wait as soon
 * as the window is full, so it hides nothing that works and nothing for longer than it says.
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
