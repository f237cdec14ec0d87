import { CfnRule } from 'aws-cdk-lib/aws-events';
import { CfnPermission, type IFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import type { Construct } from 'constructs';

/** What is started by the clock, how often, and with what. */
export interface Start {
  readonly name: string;
  readonly everyMinutes: number;
  readonly lambda: IFunction;
  /** May hold {@link scheduledTime}. */
  readonly input: object;
  readonly deadLetterArn: string;
}

/** Starts a function at an interval. */
export type Starter = (scope: Construct, start: Start) => void;

/** Stands in an input for the moment that the start was scheduled for. */
export const scheduledTime = '<aws.scheduler.scheduled-time>';

/** One try, late by a minute at most: the next tick is the retry. */
const retryPolicy = { maximumRetryAttempts: 0, maximumEventAgeInSeconds: 60 };

/** By EventBridge Scheduler. */
export const bySchedule =
  (settings: { groupName: string; timeZone: string; roleArn: string }): Starter =>
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

/** By a rule of EventBridge, for emulators whose Scheduler does not work. A rule knows no time zones and no groups. */
export const byRule =
  (prefix: string): Starter =>
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
