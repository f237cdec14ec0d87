import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { capabilities, contract } from '../../core/deployment/contract.ts';
import { mailAddresses, secretsOf } from '../../core/deployment/references.ts';
import { functionsOf } from '../../functions/deployed-functions.ts';
import { basic, bearer, diskSpaceLow, email, health, jsonEndpoint, secret, serviceDown, slack } from '../../index.ts';
import { type Edges, provide } from '../../lib/capabilities.ts';
import { logRetention } from '../../lib/pipeline-function.ts';
import example from '../../monitoring.config.ts';
import { build, list, ofType, sayValue, synthesized } from './synthesized.ts';

const statement = (resources: Awaited<ReturnType<typeof synthesized>>['resources'], fn: RegExp, sid: string) =>
  ofType(resources, 'AWS::IAM::Role')
    .filter(([id]) => fn.test(id))
    // biome-ignore lint/suspicious/noExplicitAny: policy statements are JSON
    .flatMap(([, role]) => role.Properties.Policies[0].PolicyDocument.Statement as any[])
    .find(({ Sid }) => Sid === sid);

describe('the environment of a function', async () => {
  const { document, resources } = await synthesized();
  const contracts = new Map(functionsOf(document).map(({ name, contract }) => [name, contract]));

  it.each([...contracts.keys()])('of %s is what its contract parses at cold start', (name) => {
    const [, lambda] = ofType(resources, 'AWS::Lambda::Function').find(
      ([, f]) => f.Properties.Environment.Variables.POWERTOOLS_SERVICE_NAME === name,
    )!;
    const variables: Record<string, unknown> = lambda.Properties.Environment.Variables;
    const asText = Object.fromEntries(Object.entries(variables).map(([key, value]) => [key, sayValue(value)]));
    expect(() => contracts.get(name)!.environment.parse(asText)).not.toThrow();
    const promised = Object.keys(contracts.get(name)!.environment.shape);
    expect(
      Object.keys(variables)
        .filter((key) => !key.startsWith('POWERTOOLS_') && key !== 'UV_THREADPOOL_SIZE')
        .sort(),
    ).toEqual(promised.sort());
  });

  it('covers every capability that a contract can name', () => {
    const used = new Set([...contracts.values()].flatMap(({ uses }) => uses));
    expect([...used].sort()).toEqual(Object.keys(capabilities).sort());
  });
});

describe('secrets and mail', async () => {
  const { resources } = await synthesized({
    ...example,
    channels: {
      'ml-alerts': slack({ webhook: secret('hook') }),
      'ml-team': email({ from: 'a@ses.example.com', to: ['b@example.com'] }),
      relayed: email({ from: 'c@relay.example.com', to: ['d@example.com'], smtp: secret('secretsmanager:team/relay') }),
    },
  });

  it('a notifier reads the secrets of its own kind of channel', () => {
    expect(sayValue(statement(resources, /^slack/, 'Parameters').Resource)).toMatch(/:parameter\/hook$/);
    expect(statement(resources, /^slack/, 'Secrets')).toBeUndefined();
    expect(sayValue(statement(resources, /^email/, 'Secrets').Resource)).toMatch(/:secret:team\/relay-\?{6}$/);
    expect(statement(resources, /^email/, 'Parameters')).toBeUndefined();
  });

  it('a check reads the secrets of its own targets, and no channel reads them', async () => {
    const { resources: checked, templates } = await synthesized({
      ...example,
      channels: {
        'ml-alerts': slack({ webhook: secret('hook') }),
        'ml-team': email({ from: 'a@ses.example.com', to: ['b@example.com'] }),
      },
      services: {
        api: {
          url: 'https://api.example.com',
          checks: [health({ every: '1 minute', auth: basic(secret('secretsmanager:team/api')) })],
          rules: [serviceDown()],
        },
      },
      volumes: {
        data: {
          source: jsonEndpoint({ url: 'https://api.example.com/disk', auth: bearer(secret('disk')) }),
          rules: [diskSpaceLow()],
        },
      },
    });
    expect(sayValue(statement(checked, /^health/, 'Secrets').Resource)).toMatch(/:secret:team\/api-\?{6}$/);
    expect(statement(checked, /^health/, 'Parameters')).toBeUndefined();
    expect(sayValue(statement(checked, /^disk/, 'Parameters').Resource)).toMatch(/:parameter\/disk$/);
    expect(statement(checked, /^disk/, 'Secrets')).toBeUndefined();
    expect(sayValue(statement(checked, /^slack/, 'Parameters').Resource)).toMatch(/:parameter\/hook$/);
    expect(statement(checked, /^(?!health)/, 'Secrets')).toBeUndefined();
    const { Value } = templates.pipeline['Outputs'].StoreSecrets;
    for (const name of ['--name hook ', '--name disk ', '--name team/api ']) expect(Value).toContain(name);
  });

  it('a check without secrets reads none', () => {
    expect(statement(resources, /^(health|disk)/, 'Parameters')).toBeUndefined();
    expect(statement(resources, /^(health|disk)/, 'Secrets')).toBeUndefined();
  });

  it('mail goes through SES from the configured address, not from that of a relay', () => {
    const mail = statement(resources, /^email/, 'Mail');
    expect(mail.Condition).toEqual({ StringEquals: { 'ses:FromAddress': ['a@ses.example.com'] } });
    expect(list(mail.Resource).map((arn) => sayValue(arn).split('identity/')[1])).toEqual([
      'a@ses.example.com',
      'b@example.com',
      'example.com',
      'ses.example.com',
    ]);
  });

  it('only the email notifier sends mail', () => {
    expect(statement(resources, /^(?!email)/, 'Mail')).toBeUndefined();
  });

  it('are found once each, wherever they stand', () => {
    const channels = {
      a: slack({ webhook: secret('x') }),
      b: slack({ webhook: secret('x') }),
      c: slack({ webhook: secret('tocsin/y') }),
    };
    expect(secretsOf(channels)).toEqual([
      { store: 'ssm', name: '/tocsin/y' },
      { store: 'ssm', name: 'x' },
    ]);
    expect(mailAddresses(channels)).toEqual({ from: [], to: [] });
  });
});

describe('a contract that cannot be kept', () => {
  it('fails synth when a function wants a queue that it does not consume', () => {
    const { uses } = contract({ purpose: 'A sweep that wants a queue.', uses: ['queue'] });
    expect(() => provide(uses, {} as Edges)).toThrow(
      'The contract of a function uses "queue", but the function has no queue',
    );
  });
});

describe('tracing', () => {
  it('is on for every function when it is asked for', async () => {
    const { pipeline } = await build(example, 'dev', { tracing: true });
    const functions = ofType(Template.fromStack(pipeline).toJSON()['Resources'], 'AWS::Lambda::Function');
    expect(functions.map(([, f]) => f.Properties.TracingConfig)).toEqual(functions.map(() => ({ Mode: 'Active' })));
  });
});

describe('log retention', () => {
  it.each([
    { history: 1, logs: 30 },
    { history: 15, logs: 30 },
    { history: 90, logs: 90 },
    { history: 91, logs: 120 },
    { history: 3650, logs: 3653 },
  ])('is $logs days for a history of $history', ({ history, logs }) => {
    expect(logRetention(history)).toBe(logs);
  });

  it('has no end for a history longer than CloudWatch counts', () => {
    expect(logRetention(5000)).toBe(9999);
  });
});
