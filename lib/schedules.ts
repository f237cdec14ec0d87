import { Aws } from 'aws-cdk-lib';
import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import type * as z from 'zod';
import { alarmsOf, checkAlarmName } from '../core/alarms/alarm.ts';
import { schedulesOf } from '../core/checks/schedules.ts';
import { dimensionsOf, namespaceOf } from '../core/metrics/metric.ts';
import type { checkTick } from '../events/check-tick.ts';
import { deadLetterQueueOf } from '../functions/deployed-queues.ts';
import { cloudwatchAlarm } from './cloudwatch-alarm.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import { localArn, physicalName } from './names.ts';
import { alarmOperators } from './pipeline-alarm.ts';
import type { PipelineContext } from './pipeline-context.ts';
import type { PipelineFunction } from './pipeline-function.ts';
import { byRule, bySchedule, type Scheduler, scheduledTime } from './schedule-target.ts';
import { differs, type Target } from './target.ts';

/** The heartbeat that the function of a schedule publishes last, with the dimension `Check=<schedule name>`. */
export const heartbeats = { check: 'CheckCompleted', sweep: 'SweepCompleted' } as const;

/**
 * The schedules: each check at its interval, the sweep every minute. A schedule makes one attempt and is at most one minute
 * late, because the next tick is the retry. Each schedule has an alarm that notifies the operators when its function does not
 * complete.
 */
export class Schedules extends Construct {
  readonly #schedule: Scheduler;
  readonly #deadLetters: DeadLetterQueue;

  constructor(
    scope: Construct,
    id: string,
    props: {
      context: PipelineContext;
      /** The function of each kind of check. */
      checks: ReadonlyMap<string, PipelineFunction>;
      sweep: PipelineFunction;
      target: Target;
    },
  ) {
    super(scope, id);
    const { document, key } = props.context;
    const checks = schedulesOf(document).map((schedule) => ({
      schedule,
      runs: props.checks.get(schedule.check)!,
    }));
    const started = [...new Set([props.sweep, ...checks.map(({ runs }) => runs)])];
    for (const runs of started) runs.neverRetry();
    const group = new CfnScheduleGroup(this, 'Group', { name: physicalName(document) });
    this.#deadLetters = new DeadLetterQueue(this, 'dead-letters', {
      context: props.context,
      thing: deadLetterQueueOf('schedules'),
      of: 'the functions that run on a schedule',
    });
    const role = new Role(this, 'Role', {
      description: 'Allows EventBridge Scheduler to start the checks and the sweep of this deployment.',
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: {
          StringEquals: {
            'aws:SourceAccount': Aws.ACCOUNT_ID,
            'aws:SourceArn': localArn('scheduler', `schedule-group/${physicalName(document)}`),
          },
        },
      }),
      inlinePolicies: {
        start: new PolicyDocument({
          statements: [
            new PolicyStatement({
              sid: 'Start',
              actions: ['lambda:InvokeFunction'],
              resources: started.map(({ lambda }) => lambda.functionArn),
            }),
            new PolicyStatement({
              sid: 'DeadLetters',
              actions: ['sqs:SendMessage'],
              resources: [this.#deadLetters.queue.queueArn],
            }),
            new PolicyStatement({
              sid: 'DeadLettersKey',
              actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
              resources: [key.keyArn],
              conditions: { StringEquals: { 'kms:ViaService': `sqs.${Aws.REGION}.amazonaws.com` } },
            }),
          ],
        }),
      },
    });

    this.#schedule = differs('rules-for-schedules', props.target)
      ? byRule(physicalName(document))
      : bySchedule({ groupName: group.ref, timeZone: document.timeZone, roleArn: role.roleArn });

    const alarms = new Map(alarmsOf(document).map((alarm) => [alarm.name, alarm]));
    for (const { schedule, runs } of checks) {
      const tick: z.input<typeof checkTick> = {
        check: schedule.check,
        everySeconds: schedule.everySeconds,
        shard: schedule.shard,
        scheduledAt: scheduledTime,
      };
      const scheduled = this.#every(schedule.id, schedule.everySeconds, runs, tick);
      const alarm = alarms.get(checkAlarmName(document, schedule))!;
      new CfnAlarm(scheduled, 'not-completed-alarm', cloudwatchAlarm(alarm, props.context.failures.topicArn));
    }

    alarmOperators(this.#every('sweep', 60, props.sweep, {}), props.context, {
      thing: 'sweep',
      what: 'not-completed',
      description:
        'The sweep has not completed for three minutes. Reminders are not sent, and notifications that could not be published are not retried. Check the log of the sweep.',
      namespace: namespaceOf(document),
      metric: heartbeats.sweep,
      dimensions: dimensionsOf('check', 'sweep'),
      statistic: 'Sum',
      comparison: 'LessThanThreshold',
      threshold: 1,
      periodSeconds: 60,
      periods: 3,
      missingData: 'breaching',
    });
  }

  #every(name: string, seconds: number, runs: PipelineFunction, input: object): Construct {
    const scope = new Construct(this, name);
    this.#schedule(scope, {
      name,
      everyMinutes: seconds / 60,
      lambda: runs.lambda,
      input,
      deadLetterArn: this.#deadLetters.queue.queueArn,
    });
    return scope;
  }
}
