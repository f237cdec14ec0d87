import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SSMClient } from '@aws-sdk/client-ssm';
import { describe, expect, it } from 'vitest';
import { AwsSecrets } from '../../adapters/aws-secrets.ts';
import { secretsManagerSecrets } from '../../adapters/secrets-manager-secrets.ts';
import { ssmParameters } from '../../adapters/ssm-parameters.ts';
import { secret } from '../../core/definition/secret.ts';
import { TransientError } from '../../core/delivery/errors.ts';
import { type AwsAnswer, AwsStandIn } from '../support/aws-stand-in.ts';
import { handClock } from '../support/hand-clock.ts';

const aws = new AwsStandIn();
const clock = handClock('2026-11-21T12:00:00Z');
const secrets = () =>
  new AwsSecrets(
    {
      ssm: async () => ssmParameters(new SSMClient(aws.config)),
      secretsmanager: async () => secretsManagerSecrets(new SecretsManagerClient(aws.config)),
    },
    clock,
  );

const holding = (value: string) => {
  aws.answer = ({ action }) => ({
    json: action === 'GetParameter' ? { Parameter: { Value: value } } : { SecretString: value },
  });
};

describe('AwsSecrets', () => {
  it.each([
    ['ssm:/tocsin/slack', { action: 'GetParameter', input: { Name: '/tocsin/slack', WithDecryption: true } }],
    ['tocsin/slack', { action: 'GetParameter', input: { Name: '/tocsin/slack', WithDecryption: true } }],
    ['secretsmanager:tocsin/slack', { action: 'GetSecretValue', input: { SecretId: 'tocsin/slack' } }],
  ])('fetches %s from where its name says', async (name, request) => {
    holding('https://hooks/1');
    expect(await secrets().get(secret(name))).toBe('https://hooks/1');
    expect(aws.requests).toEqual([request]);
  });

  it('caches a value for five minutes, and reads it again on request', async () => {
    const kept = secrets();
    holding('old');
    await kept.get(secret('a'));
    holding('new');
    clock.advance(5 * 60_000 - 1);
    expect(await kept.get(secret('a'))).toBe('old');
    expect(await kept.get(secret('a'), { fresh: true })).toBe('new');
    holding('newest');
    expect(await kept.get(secret('a'))).toBe('new');
    clock.advance(5 * 60_000);
    expect(await kept.get(secret('a'))).toBe('newest');
    expect(aws.requests).toHaveLength(3);
  });

  it('asks once for many who ask at once, also when they all want it fresh', async () => {
    const shared = secrets();
    const all = (options = {}) => Promise.all(Array.from({ length: 50 }, () => shared.get(secret('a'), options)));
    holding('old');
    expect(new Set(await all())).toEqual(new Set(['old']));
    clock.advance(10_000);
    holding('new');
    expect(new Set(await all({ fresh: true }))).toEqual(new Set(['new']));
    expect(aws.requests).toHaveLength(2);
  });

  it('asks again after a failure', async () => {
    const failing = secrets();
    aws.answer = () => ({ error: 'ThrottlingException', message: '' });
    await expect(failing.get(secret('a'))).rejects.toThrow('cannot be read');
    holding('there');
    expect(await failing.get(secret('a'))).toBe('there');
  });

  it('keeps secrets of one name in two stores apart', async () => {
    aws.answer = ({ action }) => ({
      json: action === 'GetParameter' ? { Parameter: { Value: 'parameter' } } : { SecretString: 'secret' },
    });
    const both = secrets();
    expect(await both.get(secret('ssm:a'))).toBe('parameter');
    expect(await both.get(secret('secretsmanager:a'))).toBe('secret');
  });

  it.each<[string, string, AwsAnswer, RegExp]>([
    [
      'a parameter that is missing',
      'ssm:/tocsin/slack',
      { error: 'ParameterNotFound', message: '' },
      /ssm:\/tocsin\/slack does not exist; create it: aws ssm put-parameter --type SecureString --name \/tocsin\/slack/,
    ],
    [
      'a secret that is missing',
      'secretsmanager:s',
      { error: 'ResourceNotFoundException', message: 'gone' },
      /create it: aws secretsmanager create-secret --name s/,
    ],
    [
      'a grant that is missing',
      'a',
      { error: 'AccessDeniedException', message: 'no' },
      /a cannot be read: AccessDenied/,
    ],
    ['a binary secret', 'secretsmanager:s', { json: { SecretBinary: 'AAAA' } }, /has no text value/],
    ['a store that is away', 'a', 'hang up', /cannot be read/],
  ])('%s is transient, because a person can fix it', async (_, name, answer, says) => {
    aws.answer = () => answer;
    const failure = await secrets()
      .get(secret(name))
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(TransientError);
    expect((failure as Error).message).toMatch(says);
  });
});
