import { describe, expect, it } from 'vitest';
import { parseDefinition } from '../../../catalog/parse-definition.ts';
import type { Definition } from '../../../core/definition/definition.ts';
import { isOwnMachine, ownMachineUrls } from '../../../core/definition/own-machine.ts';
import {
  cloudwatchAgent,
  diskSpaceLow,
  email,
  health,
  jsonEndpoint,
  secret,
  serviceDown,
  slack,
} from '../../../index.ts';
import { aDefinition } from '../../support/a-document.ts';

const at = 'http://127.0.0.1:9001/2018-06-01/runtime';
const says = (path: string, host = '127.0.0.1:9001') =>
  `  ${path}: "${host}" is a local address: on AWS, requests to it reach the Lambda`;
const deployable: Definition = {
  ...aDefinition(),
  stages: { dev: {}, prod: {} },
  volumes: { results: { source: cloudwatchAgent({ instanceId: 'i-1', path: '/data' }), rules: [diskSpaceLow()] } },
};
const service = (of: object) => ({ services: { classifier: { ...deployable.services!['classifier']!, ...of } } });

describe('a stage with local addresses', () => {
  it.each<[string, Partial<Definition>, string]>([
    ['the URL of a service', service({ url: at }), says('services.classifier.url')],
    [
      'the address of one of its checks',
      service({ checks: [health({ every: '1 minute', path: at })] }),
      says('services.classifier.checks[0].path'),
    ],
    [
      'an address that completes the URL of its service',
      service({ checks: [health({ every: '1 minute', path: '//localhost:8000/health' })] }),
      says('services.classifier.checks[0].path', 'localhost:8000'),
    ],
    [
      'the endpoint of a volume',
      { volumes: { results: { source: jsonEndpoint({ url: at }), rules: [diskSpaceLow()] } } },
      says('volumes.results.source.url'),
    ],
    [
      'the webhook of a channel',
      { channels: { ...deployable.channels, 'ml-alerts': slack({ webhook: at }) } },
      says('channels.ml-alerts.webhook'),
    ],
    [
      'the relay of a channel',
      {
        channels: {
          ...deployable.channels,
          'ml-team': email({ from: 'a@example.com', to: ['b@example.com'], smtp: 'smtp://user:hush@localhost:2525' }),
        },
      },
      says('channels.ml-team.smtp', 'localhost:2525'),
    ],
    [
      'the channel of the stage',
      { stages: { dev: { channels: { 'ml-alerts': slack({ webhook: at }) } } } },
      says('stages.dev.channels.ml-alerts.webhook'),
    ],
  ])('cannot be deployed on AWS: %s', (_, change, problem) => {
    const definition = { ...deployable, ...change };
    expect(() => parseDefinition(definition, { world: 'aws' })).toThrow(problem);
    expect(() => parseDefinition(definition, { world: 'aws' })).toThrow(
      /an emulator \(-c target=localstack\) accept this one$/,
    );
    expect(() => parseDefinition(definition, { world: 'aws' })).not.toThrow(/hush|runtime/);
    expect(() => parseDefinition(definition, { world: 'laptop' })).not.toThrow();
    expect(() => parseDefinition(definition, { world: 'emulator' })).not.toThrow();
  });

  it('reports every place at once', () => {
    const definition = {
      ...deployable,
      ...service({ url: at }),
      channels: { ...deployable.channels, 'ml-alerts': slack({ webhook: at }) },
    };
    expect(() => parseDefinition(definition, { world: 'aws' })).toThrow(/^The config has 2 problems:/);
  });

  it.each<[string, Partial<Definition>, string]>([
    [
      'another stage has it',
      { stages: { dev: {}, prod: { channels: { 'ml-alerts': slack({ webhook: at }) } } } },
      'dev',
    ],
    [
      'the stage replaces it',
      {
        channels: { ...deployable.channels, 'ml-alerts': slack({ webhook: at }) },
        stages: { dev: { channels: { 'ml-alerts': slack({ webhook: secret('x') }) } } },
      },
      'dev',
    ],
    [
      'the body of the response is compared with it',
      service({ checks: [health({ every: '1 minute', expect: { self: at } })] }),
      'dev',
    ],
    ['it is the location of the runbooks', { runbooks: 'http://localhost:3000' }, 'dev'],
  ])('can be deployed where %s', (_, change, stage) => {
    expect(() => parseDefinition({ ...deployable, ...change }, { world: 'aws', stage })).not.toThrow();
  });

  it('has the limits of AWS on an emulator, too', () => {
    const often = service({ checks: [health({ every: '30 seconds' })], rules: [serviceDown()] });
    expect(() => parseDefinition({ ...deployable, ...often }, { world: 'emulator' })).toThrow(
      'not a whole number of minutes',
    );
  });
});

describe('a host', () => {
  const hostOf = (url: string) => ownMachineUrls({ url })[0]?.host;

  it.each([
    'http://localhost',
    'http://LOCALHOST./',
    'http://app.localhost:3000',
    'http://localhost.localdomain',
    'http://127.0.0.1:9001',
    'http://127.8.9.1',
    'http://127.1',
    'http://2130706433',
    'http://0x7f.1',
    'http://0177.0.0.1',
    'http://0.0.0.0:8000',
    'http://0',
    'http://169.254.169.254/latest',
    'http://169.254.170.2',
    'http://[::1]:9001',
    'http://[::]',
    'http://[0:0:0:0:0:0:0:1]',
    'http://[::ffff:127.0.0.1]',
    'http://[::ffff:169.254.169.254]',
    'http://[::127.0.0.1]',
    'http://[64:ff9b::127.0.0.1]',
    'http://[fe80::1]',
    'http://[febf::1]',
    'http://[fd00:ec2::254]',
    'http://user:word@127.0.0.1',
    'smtp://localhost:25',
    'smtps://0x7f.1',
    'HTTP://127.0.0.1',
    ' http://127.0.0.1',
    '\\\\127.0.0.1\\x',
    'http://①②⑦.0.0.1',
  ])('%s is the local machine', (url) => {
    expect(hostOf(url)).toBeDefined();
  });

  it.each([
    'https://example.com',
    'http://10.0.0.1',
    'http://192.168.1.1',
    'http://127.0.0.1.example.com',
    'http://localhost.example.com',
    'http://mylocalhost',
    'http://169.253.1.1',
    'http://169.255.1.1',
    'http://[2001:db8::1]',
    'http://[fd00::1]',
    'http://[::ffff:10.0.0.1]',
    'http://[fec0::1]',
    'https://example.com/?next=http://127.0.0.1',
    '/health',
    'healthy',
    '127.0.0.1',
    'http://',
    'ssm:/localhost',
  ])('%s is not', (url) => {
    expect(hostOf(url)).toBeUndefined();
  });

  it('is evaluated without a port', () => {
    expect(isOwnMachine('127.0.0.1')).toBe(true);
    expect(isOwnMachine('')).toBe(false);
  });
});
