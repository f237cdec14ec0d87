import { describe, expect, it } from 'vitest';
import { EnvironmentSecrets } from '../../adapters/environment-secrets.ts';
import { bearer, email, health, secret, serviceDown, slack } from '../../index.ts';
import { expectSecrets } from '../../laptop/expect-secrets.ts';
import { aDocument } from '../support/a-document.ts';

const document = aDocument({
  channels: {
    'ml-alerts': slack({ webhook: secret('hook') }),
    'ml-team': email({ from: 'tocsin@example.com', to: ['a@example.com'], smtp: secret('relay') }),
  },
  services: {
    api: {
      url: 'https://api.example.com',
      checks: [health({ every: '1 minute', auth: bearer(secret('token')) })],
      rules: [serviceDown()],
    },
  },
});
const good = {
  HOOK: 'https://hooks.slack.com/services/T0/B0/x',
  RELAY: 'smtp://user:password@mail.example.com',
  TOKEN: 'anything',
};

/** What is said of these secrets at the start. */
const complaint = async (environment: Record<string, string>): Promise<string> =>
  expectSecrets(document, new EnvironmentSecrets({ environment })).then(
    () => '',
    (error: Error) => error.message,
  );

describe('secrets at the start of a laptop', () => {
  it('that can be used are nothing to speak of', async () => expect(await complaint(good)).toBe(''));

  it.each([
    {
      case: 'a webhook that is no URL',
      wrong: { HOOK: 'T0/B0/very-secret' },
      says: /channel ml-alerts: the value of the secret hook is not a URL that starts with https:\/\/; store it again/,
    },
    {
      case: 'a webhook with the URL of a relay',
      wrong: { HOOK: good.RELAY },
      says: /channel ml-alerts: the value of the secret hook is not a URL/,
    },
    {
      case: 'a webhook without encryption',
      wrong: { HOOK: 'http://hooks.slack.com/very-secret' },
      says: /channel ml-alerts: the value of the secret hook/,
    },
    {
      case: 'a relay that is a web page',
      wrong: { RELAY: 'https://mail.example.com/very-secret' },
      says: /channel ml-team: the value of the secret relay is not a URL that starts with smtp:\/\/ or smtps:\/\//,
    },
    {
      case: 'a token that is missing',
      wrong: { TOKEN: '' },
      says: /service api: the secret token is not set; set the environment variable TOKEN/,
    },
  ])('$case is refused, and its value not repeated', async ({ wrong, says }) => {
    const message = await complaint({ ...good, ...wrong });
    expect(message).toMatch(says);
    expect(message).not.toContain('very-secret');
    expect(message).not.toContain('password');
  });

  it('are reported all at once', async () => {
    expect((await complaint({ HOOK: 'x', RELAY: 'y' })).split('\n')).toHaveLength(5);
  });
});
