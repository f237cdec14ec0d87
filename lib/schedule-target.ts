import { CfnRule } from 'aws-cdk-lib/aws-events';
import { CfnPermission, type IFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import type { Construct } from 'constructs';

/** A function that runs at an interval, and its input. */
export interface ScheduleTarget {
  readonly name: string;
  readonly everyMinutes: number;
  readonly lambda: IFunction;
  /** May contain {@link scheduledTime}. */
  readonly input: object;
  readonly deadLetterArn: string;
}

/** Makes a function run at an interval. */
export type Scheduler = (scope: Construct, target: ScheduleTarget) => void;

/** The placeholder for the scheduled time of the invocation in an input. */
export const scheduledTime = '<aws.scheduler.scheduled-time>';

/** One attempt, at most one minute late: the next tick is the retry. */
const retryPolicy = { maximumRetryAttempts: 0, maximumEventAgeInSeconds: 60 };

/** By EventBridge Scheduler. */
export const bySchedule =
  (settings: { groupName: string; timeZone: string; roleArn: string }): Scheduler =>
  (scope, { name, everyMinutes, lambda, input, deadLetterArn }) => {
    new CfnSchedule(scope, 'Schedule', {
      name,
      groupName: settings.groupName,
      scheduleExpression: rate(everyMinutes),
      scheduleExpressionTimezone: settings.timeZone,
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: lambda.functionArn,
        roleArn: settings.roleArn,
        input: JSON.stringify(input),
        retryPolicy,
        deadLetterConfig: { arn: deadLetterArn },
      },
    });
  };

/** By a rule of EventBridge, for emulators whose Scheduler does not work. A rule has no time zones and no groups. */
export const byRule =
  (prefix: string): Scheduler =>
  (scope, { name, everyMinutes, lambda, input, deadLetterArn }) => {
    const inputTemplate = JSON.stringify(input).replace(scheduledTime, '<time>');
    const rule = new CfnRule(scope, 'Rule', {
      name: `${prefix}-${name}`,
      scheduleExpression: rate(everyMinutes),
      targets: [
        {
          id: 'function',
          arn: lambda.functionArn,
          inputTransformer: { inputPathsMap: { time: '$.time' }, inputTemplate },
          retryPolicy,
          deadLetterConfig: { arn: deadLetterArn },
        },
      ],
    });
    new CfnPermission(scope, 'Permission', {
      action: 'lambda:InvokeFunction',
      functionName: lambda.functionName,
      principal: 'events.amazonaws.com',
      sourceArn: rule.attrArn,
    });
  };

const rate = (minutes: number) => `rate(${minutes} minute${minutes === 1 ? '' : 's'})`;
