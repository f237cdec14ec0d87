import { describe, expect, it } from 'vitest';
import { batchRunDetailType, batchRunSource } from '../../events/batch-run.ts';
import example from '../../monitoring.config.ts';
import { ofType, type Resources, synthesized } from './synthesized.ts';

const { resources } = await synthesized();

const topicId = (all: Resources, name: string) =>
  ofType(all, 'AWS::SNS::Topic').find(([, topic]) => topic.Properties.TopicName === name)![0];

type Condition = string | { prefix: string } | { 'anything-but': string[] } | { exists: boolean };

/** SNS's rule for one key of a filter policy: any of the conditions; only `exists: false` holds for what is absent. */
const matches = (conditions: Condition[], value: string | undefined): boolean =>
  conditions.some((condition) => {
    if (typeof condition === 'string') return value === condition;
    if ('exists' in condition) return (value !== undefined) === condition.exists;
    if (value === undefined) return false;
    return 'prefix' in condition ? value.startsWith(condition.prefix) : !condition['anything-but'].includes(value);
  });

type Values = Record<string, string | undefined>;

/** A whole filter policy: every key holds, and of `$or` one of the branches. */
const passes = (policy: Record<string, unknown>, values: Values): boolean =>
  Object.entries(policy).every(([key, conditions]) =>
    key === '$or'
      ? (conditions as Record<string, unknown>[]).some((branch) => passes(branch, values))
      : matches(conditions as Condition[], values[key]),
  );

/** The queues that a message of a topic reaches, by the values of the one attribute or field that is filtered on. */
const reached = (all: Resources, topic: string, values: Values): string[] =>
  ofType(all, 'AWS::SNS::Subscription')
    .filter(([, { Properties: s }]) => s.Protocol === 'sqs' && s.TopicArn.Ref === topicId(all, topic))
    .filter(([, { Properties: s }]) => passes(s.FilterPolicy ?? {}, values))
    .map(([, { Properties: s }]) => s.Endpoint['Fn::GetAtt'][0].replace(/Queue[0-9A-F]{8}$/, ''));

describe('where a message goes', () => {
  it.each([
    { message: 'an alarm of tier critical', topic: 'tocsin-dev-critical', values: {}, to: ['signalsqueue'] },
    { message: 'an alarm of tier high', topic: 'tocsin-dev-high', values: {}, to: ['signalsqueue'] },
    { message: 'an alarm of tier medium', topic: 'tocsin-dev-medium', values: {}, to: ['signalsqueue'] },
    { message: 'an alarm of tier info', topic: 'tocsin-dev-info', values: {}, to: ['signalsqueue'] },
    {
      message: 'the alarm of a check that did not complete, which inhibits, beside the operators',
      topic: 'tocsin-dev-pipeline-failure',
      values: { AlarmName: 'tocsin/dev/check/health-60s-0/not-completed' },
      to: ['signalsqueue'],
    },
    {
      message: 'an alarm on the pipeline, to the operators alone',
      topic: 'tocsin-dev-pipeline-failure',
      values: { AlarmName: 'tocsin/dev/pipeline/sweep/not-completed' },
      to: [],
    },
    {
      message: 'a notification for Slack',
      topic: 'tocsin-dev-notifications',
      values: { channelKind: 'slack' },
      to: ['slackqueue'],
    },
    {
      message: 'a notification by email',
      topic: 'tocsin-dev-notifications',
      values: { channelKind: 'email' },
      to: ['emailqueue'],
    },
    {
      message: 'a notification for a kind of channel that nobody serves, to the catch-all',
      topic: 'tocsin-dev-notifications',
      values: { channelKind: 'pigeon' },
      to: ['unrouted'],
    },
    {
      message: 'a notification that names no kind, to the catch-all',
      topic: 'tocsin-dev-notifications',
      values: {},
      to: ['unrouted'],
    },
  ])('$message', ({ topic, values, to }) => {
    expect(reached(resources, topic, values)).toEqual(to);
  });

  it('sends every notification to the catch-all when there is no channel at all', async () => {
    const quiet = await synthesized({ ...example, channels: {}, routes: {}, services: {}, batchJobs: {}, volumes: {} });
    expect(reached(quiet.resources, 'tocsin-dev-notifications', { channelKind: 'slack' })).toEqual(['unrouted']);
  });

  it('filters the body of alarms, which carry no attributes, and the attributes of notifications', () => {
    const scopes = ofType(resources, 'AWS::SNS::Subscription').map(([, { Properties: s }]) => [
      Object.keys(s.FilterPolicy ?? {})[0],
      s.FilterPolicyScope,
    ]);
    expect(scopes).toContainEqual(['AlarmName', 'MessageBody']);
    expect(scopes).toContainEqual(['channelKind', undefined]);
  });

  it('mails the operators past router and notifiers', () => {
    const mails = ofType(resources, 'AWS::SNS::Subscription').filter(([, s]) => s.Properties.Protocol === 'email');
    expect(mails.map(([, s]) => [s.Properties.Endpoint, s.Properties.TopicArn.Ref])).toEqual([
      ['ml-platform@example.com', topicId(resources, 'tocsin-dev-pipeline-failure')],
    ]);
  });

  it.each([
    { from: 'OK', to: 'ALARM', mail: true },
    { from: 'INSUFFICIENT_DATA', to: 'ALARM', mail: true },
    { from: 'ALARM', to: 'OK', mail: true },
    { from: 'ALARM', to: 'INSUFFICIENT_DATA', mail: true },
    { from: 'INSUFFICIENT_DATA', to: 'OK', mail: false },
    { from: 'a state to come', to: 'OK', mail: true },
    { from: undefined, to: 'OK', mail: true },
    { from: 'INSUFFICIENT_DATA', to: undefined, mail: true },
    { from: undefined, to: undefined, mail: true },
  ])('from $from to $to, an operator gets a mail: $mail', ({ from, to, mail }) => {
    const [, { Properties: subscription }] = ofType(resources, 'AWS::SNS::Subscription').find(
      ([, s]) => s.Properties.Protocol === 'email',
    )!;
    expect(subscription.FilterPolicyScope).toBe('MessageBody');
    expect(passes(subscription.FilterPolicy, { OldStateValue: from, NewStateValue: to })).toBe(mail);
  });

  it('no alarm on the pipeline goes back to INSUFFICIENT_DATA, so that no mail of its end is left out', () => {
    const onPipeline = ofType(resources, 'AWS::CloudWatch::Alarm').filter(([, { Properties: alarm }]) =>
      alarm.OKActions.some(
        (action: { Ref?: string }) => action.Ref === topicId(resources, 'tocsin-dev-pipeline-failure'),
      ),
    );
    expect(onPipeline.length).toBeGreaterThan(20);
    for (const [, { Properties: alarm }] of onPipeline)
      expect(alarm.TreatMissingData, alarm.AlarmName).toMatch(/^(notBreaching|breaching)$/);
  });

  it('hands a reported batch run from the bus to the ingest queue', () => {
    const [[, { Properties: rule }]] = ofType(resources, 'AWS::Events::Rule') as [[string, Resources[string]]];
    expect(rule.EventPattern).toEqual({ source: [batchRunSource], 'detail-type': [batchRunDetailType] });
    expect(rule.Targets[0].Arn['Fn::GetAtt'][0]).toMatch(/^ingestqueueQueue/);
  });
});

describe('the outputs after a deployment', () => {
  it('names each confirmation that is still to give, and nothing secret', async () => {
    const { templates } = await synthesized();
    const outputs = templates.pipeline['Outputs'];
    expect(outputs.ConfirmOperators.Value).toBe('ml-platform@example.com');
    expect(outputs.ConfirmSenders.Value).toBe('tocsin@example.com');
    expect(outputs.StoreSecrets.Value).toBe(
      'aws ssm put-parameter --type SecureString --name /tocsin/slack-webhook --value …',
    );
    expect(Object.keys(outputs)).toEqual(
      expect.arrayContaining(['AlarmsConsole', 'DeadLetterQueuesConsole', 'EventBusName']),
    );
    expect(Object.keys(templates.state['Outputs'])).toEqual(
      expect.arrayContaining(['HistoryConsole', 'HistoryTableName', 'IncidentsTableName']),
    );
  });
});
