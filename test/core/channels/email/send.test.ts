import { describe, expect, it } from 'vitest';
import { sender } from '../../../../core/channels/email/send.ts';
import { PermanentError, TransientError } from '../../../../core/delivery/errors.ts';
import type { Mail } from '../../../../core/delivery/send.ts';
import { aNotification } from '../../../support/a-notification.ts';
import { leaksNoSecret } from '../../../support/leaks-no-secret.ts';

const people = { channel: 'email' as const, from: 'tocsin@example.com', to: ['ml-team@example.com'] };
const cached = 'smtp://tocsin:0ldPassw0rd@relay.example:587';
const fresh = 'smtp://tocsin:n3wPassw0rd@relay.example:587';
const byRelay = { ...people, smtp: { secret: 'tocsin/smtp' } };

/** Transports that write down what they are given; a relay that takes only what `takes` says. */
function world(takes: (url: string) => Error | string, secrets = { cached, fresh }) {
  const sent: [by: string, mail: Mail][] = [];
  const send = sender({
    secrets: { get: async (_, options) => (options?.fresh ? secrets.fresh : secrets.cached) },
    mail: { send: async (mail) => `ses-${sent.push(['ses', mail])}` },
    smtp: (url) => ({
      send: async (mail) => {
        sent.push([url, mail]);
        const answer = takes(url);
        if (answer instanceof Error) throw answer;
        return answer;
      },
    }),
  });
  return { send, ways: () => sent.map(([by]) => by), sent };
}

describe('the way of a mail', () => {
  it('is the transport of this world when the channel names no relay; the id that it gives is the proof', async () => {
    const { send, sent } = world(() => 'unused');
    expect(await send(aNotification(), people)).toEqual({ proof: 'ses-1' });
    expect(sent).toMatchObject([['ses', { from: people.from, to: people.to }]]);
  });

  it('is the relay when the channel names one', async () => {
    const { send, ways } = world(() => '250 queued as 1');
    expect(await send(aNotification(), byRelay)).toEqual({ proof: '250 queued as 1' });
    expect(ways()).toEqual([cached]);
  });

  it('is the relay with a password that was changed since, looked up past the cache once', async () => {
    const { send, ways } = world((url) => (url === fresh ? '250 ok' : new PermanentError('535 bad credentials')));
    expect(await send(aNotification(), byRelay)).toEqual({ proof: '250 ok' });
    expect(ways()).toEqual([cached, fresh]);
  });
});

describe('the recipients of a mail', () => {
  it('are those that do not have it yet; all stand in its header', async () => {
    const { send, sent } = world(() => 'unused');
    const to = ['one@example.com', 'two@example.com'];
    await send(aNotification(), { ...people, to }, ['one@example.com']);
    expect(sent).toMatchObject([['ses', { to: ['two@example.com'] }]]);
    expect(new TextDecoder().decode(sent[0]![1].mime)).toContain('To: one@example.com, two@example.com');
  });

  it('have it all when those who waited were taken off the list', async () => {
    const { send, sent } = world(() => 'unused');
    expect(await send(aNotification(), people, people.to)).toEqual({ proof: 'reached ml-team@example.com' });
    expect(sent).toEqual([]);
  });
});

describe('a relay that does not take the mail', () => {
  it.each([
    {
      when: 'permanently, and the password is still the same: no second attempt',
      error: new PermanentError('535'),
      secrets: { cached, fresh: cached },
      tries: 1,
    },
    {
      when: 'permanently, with the new password too',
      error: new PermanentError('535'),
      secrets: { cached, fresh },
      tries: 2,
    },
    {
      when: 'for now: the queue tries again, not we',
      error: new TransientError('451'),
      secrets: { cached, fresh },
      tries: 1,
    },
  ])('$when', async ({ error, secrets, tries }) => {
    const { send, ways } = world(() => error, secrets);
    const seen = await leaksNoSecret(['0ldPassw0rd', 'n3wPassw0rd'], () => send(aNotification(), byRelay));
    expect(seen).toContain(error.name);
    expect(ways()).toHaveLength(tries);
  });

  it('because its secret is no SMTP URL says so without the value', async () => {
    const { send } = world(() => 'unused', { cached: 'n3wPassw0rd', fresh });
    const seen = await leaksNoSecret(['n3wPassw0rd'], () => send(aNotification(), byRelay));
    expect(seen).toContain('the value of the secret tocsin/smtp is not a URL that starts with smtp:// or smtps://');
  });
});
