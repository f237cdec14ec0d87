import { describe, expect, it } from 'vitest';
import { list, ofType, type Resource, type Resources, sayValue, synthesized } from './synthesized.ts';

// Decision 21: walks each producer → encrypted resource and finds the grants on both, with their source condition.

const { resources } = await synthesized(undefined, 'prod');

interface Edge {
  edge: string;
  service: string;
  /** The producer's ARN, as the service tells it to KMS and to the receiver. */
  source: string;
  /** The receiver's logical id, and what the service does to it. */
  target: string;
  action: string;
}

type Statement = {
  Sid?: string;
  Effect: string;
  Action: string | string[];
  Principal?: { Service?: string | string[] };
  Resource: unknown;
  Condition?: Record<string, Record<string, unknown>>;
};

const arn = (service: string, resource: string) =>
  `arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:${resource}`;
const topics = new Map(ofType(resources, 'AWS::SNS::Topic').map(([id, t]) => [id, arn('sns', t.Properties.TopicName)]));
const rules = new Map(
  ofType(resources, 'AWS::Events::Rule').map(([id]) => [id, arn('events', `rule/tocsin-prod/${id}`)]),
);
/** What a policy or an action refers to, as a logical id: topics are referred to by name or by ARN. */
const idOf = (value: unknown): string => {
  const text = sayValue(value).replace(/\.(Arn|TopicArn)$/, '');
  return [...topics].find(([, topic]) => topic === text)?.[0] ?? text;
};
/** An ARN of a condition as text, with the references in it resolved. */
const arnOf = (value: unknown): string => topics.get(idOf(value)) ?? rules.get(idOf(value)) ?? sayValue(value);

function edges(all: Resources): Edge[] {
  return [
    ...ofType(all, 'AWS::CloudWatch::Alarm').flatMap(([, { Properties: alarm }]) =>
      [...new Set([...list(alarm.AlarmActions), ...list(alarm.OKActions)].map(idOf))].map((target) => ({
        edge: `alarm ${alarm.AlarmName} → topic ${target}`,
        service: 'cloudwatch.amazonaws.com',
        source: arn('cloudwatch', `alarm:${alarm.AlarmName}`),
        target,
        action: 'sns:Publish',
      })),
    ),
    ...ofType(all, 'AWS::SNS::Subscription').flatMap(([, { Properties: subscription }]) =>
      [subscription.Protocol === 'sqs' && subscription.Endpoint, subscription.RedrivePolicy.deadLetterTargetArn]
        .filter(Boolean)
        .map((to) => ({
          edge: `topic ${idOf(subscription.TopicArn)} → queue ${idOf(to)}`,
          service: 'sns.amazonaws.com',
          source: arnOf(subscription.TopicArn),
          target: idOf(to),
          action: 'sqs:SendMessage',
        })),
    ),
    ...ofType(all, 'AWS::Events::Rule').flatMap(([id, { Properties: rule }]) =>
      list<{ Arn: unknown; DeadLetterConfig: { Arn: unknown } }>(rule.Targets)
        .flatMap((to) => [to.Arn, to.DeadLetterConfig.Arn])
        .map((to) => ({
          edge: `rule ${id} → queue ${idOf(to)}`,
          service: 'events.amazonaws.com',
          source: rules.get(id)!,
          target: idOf(to),
          action: 'sqs:SendMessage',
        })),
    ),
  ];
}

const statementsOf = (resource: Resource): Statement[] =>
  resource.Properties.PolicyDocument?.Statement ?? resource.Properties.KeyPolicy.Statement;
const keyStatements = ofType(resources, 'AWS::KMS::Key').flatMap(([, key]) => statementsOf(key));
const policiesOn = (target: string) =>
  [...ofType(resources, 'AWS::SQS::QueuePolicy'), ...ofType(resources, 'AWS::SNS::TopicPolicy')]
    .filter(([, { Properties: policy }]) =>
      list(policy.Queues ?? policy.Topics)
        .map(idOf)
        .includes(target),
    )
    .flatMap(([, policy]) => statementsOf(policy));

const like = (pattern: string, text: string) =>
  new RegExp(`^${pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`).test(text);

/** Whether a statement lets this service do these things for this source, and for no source that is not named. */
const allows = (statement: Statement, { service, source }: Edge, actions: string[]): boolean => {
  const sources = list(
    statement.Condition?.['ArnLike']?.['aws:SourceArn'] ?? statement.Condition?.['ArnEquals']?.['aws:SourceArn'],
  );
  return (
    statement.Effect === 'Allow' &&
    list(statement.Principal?.Service).includes(service) &&
    actions.every((action) => list(statement.Action).some((allowed) => like(allowed, action))) &&
    sources.some((allowed) => like(arnOf(allowed), source))
  );
};

const keyGrant = (edge: Edge) => keyStatements.find((s) => allows(s, edge, ['kms:Decrypt', 'kms:GenerateDataKey']));

describe('each service that carries a message into an encrypted place', () => {
  const walked = edges(resources);

  it('is found by the walk', () => {
    expect(new Set(walked.map(({ service }) => service))).toEqual(
      new Set(['cloudwatch.amazonaws.com', 'sns.amazonaws.com', 'events.amazonaws.com']),
    );
    expect(walked.length).toBeGreaterThan(40);
    // A target that is not in the templates would make the questions below pass or fail for nothing.
    expect(walked.filter(({ target }) => !resources[target])).toEqual([]);
  });

  it('may use the key, for its own source only', () => {
    expect(walked.filter((edge) => !keyGrant(edge)).map(({ edge }) => edge)).toEqual([]);
    expect(keyGrant({ ...walked[0]!, source: arn('cloudwatch', 'alarm:other/prod/service/x/y') })).toBeUndefined();
    expect(keyGrant({ ...walked[0]!, service: 'sns.amazonaws.com' })).toBeUndefined();
  });

  it('is let in by the receiver, for its own source only', () => {
    const letIn = (edge: Edge) => policiesOn(edge.target).find((s) => allows(s, edge, [edge.action]));
    expect(walked.filter((edge) => !letIn(edge)).map(({ edge }) => edge)).toEqual([]);
    expect(walked.filter((edge) => letIn({ ...edge, source: 'arn:of:somebody:else' }))).toEqual([]);
  });

  it('has no grant on the key without the account and the source named', () => {
    const services = keyStatements.filter(({ Principal, Sid }) => Principal?.Service && Sid !== 'Logs');
    expect(services.length).toBeGreaterThan(0);
    for (const { Condition } of services) {
      expect(Condition?.['StringEquals']?.['aws:SourceAccount']).toEqual({ Ref: 'AWS::AccountId' });
      expect(list(Condition?.['ArnLike']?.['aws:SourceArn'])).not.toEqual([]);
    }
  });
});

describe('the log groups', () => {
  const groups = ofType(resources, 'AWS::Logs::LogGroup');

  it('are encrypted with the key of the deployment, each', () => {
    expect(groups.length).toBe(8);
    expect(groups.filter(([, { Properties: group }]) => !sayValue(group.KmsKeyId).startsWith('Key'))).toEqual([]);
  });

  it('may use the key: CloudFormation names them after the stack, and the grant holds for these names alone', () => {
    const grant = keyStatements.find(({ Sid }) => Sid === 'Logs')!;
    expect(sayValue(grant.Principal?.Service)).toBe('logs.AWS::Region.amazonaws.com');
    const [pattern] = list(grant.Condition?.['ArnLike']?.['kms:EncryptionContext:aws:logs:arn']).map(sayValue);
    for (const [id, { Properties: group }] of groups) {
      expect(group.LogGroupName).toBeUndefined();
      expect(like(pattern!, arn('logs', `log-group:tocsin-prod-pipeline-${id}-Ab12Cd34Ef56`))).toBe(true);
    }
    expect(like(pattern!, arn('logs', 'log-group:tocsin-dev-pipeline-sweepLogs-Ab12Cd34Ef56'))).toBe(false);
  });
});

describe('each role that writes or reads an encrypted place', () => {
  const roles = ofType(resources, 'AWS::IAM::Role').map(([id, role]) => ({
    id,
    statements: list<{ PolicyDocument: { Statement: Statement[] } }>(role.Properties.Policies).flatMap(
      ({ PolicyDocument }) => PolicyDocument.Statement,
    ),
  }));
  const touched = roles.flatMap(({ id, statements }) =>
    [...new Set(statements.flatMap(({ Action }) => list(Action)).map((action) => action.split(':')[0]!))]
      .filter((service) => ['dynamodb', 'sqs', 'sns'].includes(service))
      .map((service) => ({ role: id, service, statements })),
  );

  it.each(touched)('$role may use the key through $service', ({ service, statements }) => {
    const grant = statements.find(
      ({ Action, Condition }) =>
        list(Action).includes('kms:Decrypt') &&
        list(Action).includes('kms:GenerateDataKey') &&
        list(Condition?.['StringEquals']?.['kms:ViaService']).map(sayValue).join() ===
          `${service}.AWS::Region.amazonaws.com`,
    );
    expect(grant).toBeDefined();
  });

  it('is given the key through a service that it uses, and never as such', () => {
    const bare = roles.flatMap(({ id, statements }) =>
      statements.filter((s) => list(s.Action).some((a) => a.startsWith('kms:')) && !s.Condition).map(() => id),
    );
    expect(touched.length).toBeGreaterThan(10);
    expect(bare).toEqual([]);
  });

  it('may be taken on for this account alone', () => {
    for (const [id, role] of ofType(resources, 'AWS::IAM::Role')) {
      const [statement, ...more] = role.Properties.AssumeRolePolicyDocument.Statement;
      expect(more, id).toEqual([]);
      expect(statement.Condition.StringEquals['aws:SourceAccount'], id).toEqual({ Ref: 'AWS::AccountId' });
    }
  });

  it('of the schedules may be taken on by this deployment alone', () => {
    const [, role] = ofType(resources, 'AWS::IAM::Role').find(([id]) => id.startsWith('schedules'))!;
    expect(role.Properties.AssumeRolePolicyDocument.Statement[0].Condition.StringEquals).toEqual({
      'aws:SourceAccount': { Ref: 'AWS::AccountId' },
      'aws:SourceArn': { 'Fn::Sub': arn('scheduler', 'schedule-group/tocsin-prod') },
    });
  });
});
