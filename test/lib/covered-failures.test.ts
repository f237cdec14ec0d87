import { describe, expect, it } from 'vitest';
import type { Definition } from '../../core/definition/definition.ts';
import { because, health } from '../../index.ts';
import example from '../../monitoring.config.ts';
import { list, ofType, type Resources, sayValue, synthesized } from './synthesized.ts';

// Which alarm notifies the operators of which failure of the pipeline. Alarms cost money: queues that fail for the same reason
// share one, and a throttled function has none where another alarm notices within 15 minutes that it does not run.

const daily: Definition = {
  ...example,
  services: {
    ...example.services,
    nightly: {
      url: 'https://nightly.example.com',
      checks: [health({ every: '1 day' })],
      rules: because('only its certificate is looked at'),
    },
  },
};
const { resources } = await synthesized();
const slow = (await synthesized(daily)).resources;

const alarmsIn = (all: Resources) =>
  new Map(
    ofType(all, 'AWS::CloudWatch::Alarm').map(([, { Properties: alarm }]) => [
      String(alarm.AlarmName).replace('tocsin/dev/', ''),
      alarm,
    ]),
  );
const alarms = alarmsIn(resources);

describe('a failure of the pipeline', () => {
  it.each<[string, string]>([
    ['the router fails', 'pipeline/alert-router/errors'],
    ['the ingest of batch runs fails', 'pipeline/run-ingest/errors'],
    ['a notifier fails', 'pipeline/slack-notifier/errors'],
    ['a check fails', 'pipeline/health-check/errors'],
    ['the sweep fails', 'pipeline/sweep/errors'],
    ['the router is throttled, or its event source is off', 'pipeline/signals/too-old'],
    ['the ingest of batch runs is throttled', 'pipeline/ingest/too-old'],
    ['a notifier is throttled, or its provider is down', 'pipeline/slack/too-old'],
    ['a check is throttled, or its schedule is off', 'check/health-60s-0/not-completed'],
    ['a check of every five minutes is throttled', 'check/disk-300s-0/not-completed'],
    ['the sweep is throttled, or its schedule is off', 'pipeline/sweep/not-completed'],
    ['a signal is given up', 'pipeline/signals-dead-letters/not-empty'],
    ['a reported run is given up', 'pipeline/ingest-dead-letters/not-empty'],
    ['a notification is given up', 'pipeline/email-dead-letters/not-empty'],
    ['a tick cannot be handed to its function', 'pipeline/schedules-dead-letters/not-empty'],
    ['a notification is for a channel that nobody serves', 'pipeline/unrouted/not-empty'],
    ['an alarm, a notification, a reported run or a mail cannot be delivered', 'pipeline/undelivered/not-empty'],
    ['an operator has no confirmed subscription', 'pipeline/operators/unconfirmed'],
  ])('%s: %s', (_, name) => {
    const alarm = alarms.get(name);
    expect(alarm, [...alarms.keys()].join('\n')).toBeDefined();
    for (const actions of [alarm.AlarmActions, alarm.OKActions])
      expect(list(actions).map(sayValue)).toEqual([expect.stringMatching(/pipelinefailure/)]);
  });

  it('that is not in this list has no alarm: these are all', () => {
    const listed =
      /^(service|batch|volume)\/|^check\/|^pipeline\/[\w-]+\/errors$|\/too-old$|\/not-empty$|^pipeline\/sweep\/not-completed$|^pipeline\/operators\/unconfirmed$/;
    expect([...alarms.keys()].filter((name) => !listed.test(name))).toEqual([]);
  });

  it('of a check with a long interval, whose heartbeat would be missed only days later: its throttles have an alarm', () => {
    const throttles = [...alarmsIn(slow).keys()].filter((name) => name.endsWith('/throttles'));
    expect(throttles).toEqual(['pipeline/health-check/throttles']);
  });
});

describe('what alarms on each queue and function see', () => {
  const alarmed = (metric: string, dimension: string) =>
    new Set(
      [...alarms.values()]
        .filter((alarm) => alarm.MetricName === metric)
        .flatMap((alarm) => list<{ Name: string; Value: unknown }>(alarm.Dimensions))
        .filter(({ Name }) => Name === dimension)
        .map(({ Value }) => sayValue(Value).split('.')[0]!),
    );
  const idOf = (arn: unknown) => sayValue(arn).replace(/\.Arn$/, '');

  it('every subscription, rule, queue and schedule ends in a dead-letter queue with an alarm', () => {
    const ends = [
      ...ofType(resources, 'AWS::SNS::Subscription').map(([id, s]) => [
        id,
        s.Properties.RedrivePolicy?.deadLetterTargetArn,
      ]),
      ...ofType(resources, 'AWS::Scheduler::Schedule').map(([id, s]) => [
        id,
        s.Properties.Target.DeadLetterConfig?.Arn,
      ]),
      ...ofType(resources, 'AWS::Events::Rule').map(([id, r]) => [id, r.Properties.Targets[0].DeadLetterConfig?.Arn]),
      ...ofType(resources, 'AWS::Lambda::EventSourceMapping').map(([id, m]) => [
        id,
        resources[idOf(m.Properties.EventSourceArn)]!.Properties.RedrivePolicy?.deadLetterTargetArn,
      ]),
    ] as [string, unknown][];
    expect(ends.length).toBeGreaterThan(15);
    const seen = alarmed('ApproximateNumberOfMessagesVisible', 'QueueName');
    expect(ends.filter(([, arn]) => !arn || !seen.has(idOf(arn)))).toEqual([]);
  });

  it('every consumed queue has an alarm on old messages, and every function one on errors', () => {
    const consumed = ofType(resources, 'AWS::Lambda::EventSourceMapping').map(([, m]) =>
      idOf(m.Properties.EventSourceArn),
    );
    expect([...alarmed('ApproximateAgeOfOldestMessage', 'QueueName')].sort()).toEqual(consumed.sort());
    const functions = ofType(resources, 'AWS::Lambda::Function').map(([id]) => id);
    expect([...alarmed('Errors', 'FunctionName')].sort()).toEqual(functions.sort());
  });
});
