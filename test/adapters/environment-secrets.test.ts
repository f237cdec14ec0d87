import { describe, expect, it } from 'vitest';
import { EnvironmentSecrets } from '../../adapters/environment-secrets.ts';

const secrets = new EnvironmentSecrets({
  environment: { TOCSIN_SLACK_WEBHOOK: 'from the environment', TOCSIN_EMPTY: '' },
  file: { TOCSIN_SLACK_WEBHOOK: 'from the file', TOCSIN_SMTP: 'smtp://relay', TOCSIN_EMPTY: 'from the file' },
  fileName: 'demo/.env',
});

describe('EnvironmentSecrets', () => {
  it.each([
    { name: 'tocsin/slack-webhook', value: 'from the environment', because: 'the environment comes first' },
    { name: 'ssm:/tocsin/smtp', value: 'smtp://relay', because: 'the file is read too' },
    { name: 'secretsmanager:tocsin/empty', value: 'from the file', because: 'an empty variable is none' },
  ])('$name is "$value": $because', async ({ name, value }) => {
    expect(await secrets.get({ secret: name })).toBe(value);
  });

  it('names the variable and the file when there is none, and that no retry helps', async () => {
    await expect(secrets.get({ secret: 'tocsin/pager' })).rejects.toMatchObject({
      name: 'PermanentError',
      message:
        'the secret tocsin/pager is not set; set the environment variable TOCSIN_PAGER, or write TOCSIN_PAGER=… into demo/.env',
    });
  });
});
