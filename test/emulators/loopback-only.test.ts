import { describe, expect, it } from 'vitest';
import { emulatorEnvironment, refuseRealAws } from './loopback-only.ts';

describe('commands that create and destroy stacks', () => {
  it.each([
    { says: 'a profile', env: { AWS_PROFILE: 'work' }, names: 'AWS_PROFILE' },
    { says: 'a real key', env: { AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE' }, names: 'AWS_ACCESS_KEY_ID' },
    { says: 'a session', env: { AWS_SESSION_TOKEN: 'token' }, names: 'AWS_SESSION_TOKEN' },
    {
      says: 'an endpoint elsewhere',
      env: { AWS_ENDPOINT_URL: 'https://example.com' },
      names: 'AWS_ENDPOINT_URL',
    },
    {
      says: 'an endpoint of one service elsewhere',
      env: { AWS_ENDPOINT_URL_SQS: 'http://10.0.0.5:4566' },
      names: 'AWS_ENDPOINT_URL_SQS',
    },
  ])('refuse an environment with $says and say in one line what to unset', ({ env, names }) => {
    expect(() => refuseRealAws(env)).toThrow(
      new RegExp(`^[^\\n]*real account \\(${names}\\)[^\\n]*-u ${names} [^\\n]*$`),
    );
  });

  it.each([
    { says: 'nothing of AWS', env: { PATH: '/bin' } },
    { says: "an emulator's own key", env: { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' } },
    { says: 'an endpoint on loopback', env: { AWS_ENDPOINT_URL: 'http://127.0.0.1:4566' } },
    { says: 'only a Region', env: { AWS_REGION: 'us-east-1' } },
  ])('take an environment with $says', ({ env }) => {
    expect(() => refuseRealAws(env)).not.toThrow();
  });

  it('give nothing of the account that they were started with to what they start', () => {
    const env = emulatorEnvironment('http://127.0.0.1:1', {
      PATH: '/bin',
      AWS_PROFILE: 'work',
      AWS_ENDPOINT_URL_SQS: 'https://example.com',
      CDK_DEFAULT_ACCOUNT: '123456789012',
    });
    expect(env['PATH']).toBe('/bin');
    expect(env['AWS_PROFILE']).toBeUndefined();
    expect(env['AWS_ENDPOINT_URL_SQS']).toBeUndefined();
    expect(env.CDK_DEFAULT_ACCOUNT).toBe('000000000000');
    expect(env.AWS_ENDPOINT_URL).toBe('http://127.0.0.1:1');
  });

  it('refuse an emulator that is not on loopback', () => {
    expect(() => emulatorEnvironment('http://192.0.2.1:4566', {})).toThrow('is not on loopback');
  });
});
