import { Stack } from 'aws-cdk-lib';
import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import { describe, expect, it } from 'vitest';
import { checkTick } from '../../events/check-tick.ts';
import { diskSpace, diskSpaceLow } from '../../index.ts';
import { EveryScheduleHasAnAlarm } from '../../lib/schedule-validation.ts';
import example from '../../monitoring.config.ts';
import { build, newApp, ofType, synthesized } from './synthesized.ts';

const schedule = (name: string) => ({
  name,
  flexibleTimeWindow: { mode: 'OFF' },
  scheduleExpression: 'rate(1 minute)',
  target: { arn: 'arn:of:a:function', roleArn: 'arn:of:a:role' },
});

describe('schedules', async () => {
  const { resources } = await synthesized({
    ...example,
    volumes: {
      ...example.volumes,
      archive: {
        ...example.volumes!['results']!,
        checks: [diskSpace({ every: '2 hours' })],
        rules: [diskSpaceLow({ for: '2 hours' })],
      },
    },
  });
  const schedules = ofType(resources, 'AWS::Scheduler::Schedule').map(([, { Properties }]) => Properties);

  it('are one for each check and interval, and one for the sweep', () => {
    expect(schedules.map(({ Name, ScheduleExpression }) => [Name, ScheduleExpression])).toEqual([
      ['health-60s-0', 'rate(1 minute)'],
      ['batch-300s-0', 'rate(5 minutes)'],
      ['disk-300s-0', 'rate(5 minutes)'],
      ['disk-7200s-0', 'rate(120 minutes)'],
      ['sweep', 'rate(1 minute)'],
    ]);
  });

  it('send a check its targets, in the format that it parses', () => {
    const { Input } = schedules[0]!.Target;
    const asSent = Input.replace('<aws.scheduler.scheduled-time>', '2026-11-21T02:10:00Z');
    expect(checkTick.parse(JSON.parse(asSent))).toEqual({
      check: 'health',
      everySeconds: 60,
      shard: 0,
      scheduledAt: Date.parse('2026-11-21T02:10:00Z'),
    });
  });
});

describe('a schedule whose own failure would go unheard', () => {
  it('fails synth', async () => {
    const { app, pipeline } = await build();
    new CfnSchedule(pipeline, 'forgotten', schedule('forgotten'));
    expect(() => app.synth()).toThrow(/Schedule forgotten has no alarm on its own failure\. Add an alarm on/);
  });

  it.each([
    { alarm: 'one that fits', change: {}, problems: 0 },
    { alarm: 'one on another schedule', change: { dimensions: [{ name: 'Check', value: 'other' }] }, problems: 1 },
    { alarm: 'one that takes missing data for health', change: { treatMissingData: 'missing' }, problems: 1 },
    { alarm: 'one that tells nobody', change: { alarmActions: [] }, problems: 1 },
    { alarm: 'one on another metric', change: { metricName: 'ServiceUp' }, problems: 1 },
  ])('is found with $alarm: $problems', ({ change, problems }) => {
    const stack = new Stack(newApp());
    new CfnSchedule(stack, 'schedule', schedule('health-60s-0'));
    new CfnAlarm(stack, 'alarm', {
      metricName: 'CheckCompleted',
      dimensions: [{ name: 'Check', value: 'health-60s-0' }],
      treatMissingData: 'breaching',
      alarmActions: ['arn:of:a:topic'],
      comparisonOperator: 'LessThanThreshold',
      evaluationPeriods: 2,
      ...change,
    });
    expect(new EveryScheduleHasAnAlarm(stack).validate()).toHaveLength(problems);
  });
});
