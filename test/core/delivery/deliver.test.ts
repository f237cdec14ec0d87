import { describe, expect, it } from 'vitest';
import { maxAttempts } from '../../../core/delivery/backoff.ts';
import type { Deliveries } from '../../../core/delivery/deliveries.ts';
import { PermanentError, TransientError } from '../../../core/delivery/errors.ts';
import { aNotification, wireOf } from '../../support/a-notification.ts';
import { deliverWorld, message, start } from '../../support/deliver-world.ts';

describe('a delivery that succeeds', () => {
  it('is sent once, settled with its receipt, and recorded in the timeline', async () => {
    const { consume, seen, claims } = deliverWorld();

    expect(await consume(message())).toEqual({ verdict: 'done' });

    const receipt = {
      notification: 'inc-3f9a1c/1',
      incident: 'inc-3f9a1c',
      group: 'tocsin-demo/dev/service/classifier/service-down',
      channel: 'ml-alerts',
      sequence: 1,
      kind: 'opened',
      outcome: 'delivered',
      at: start,
      attempts: 2,
      proof: 'ok',
    };
    expect(seen).toEqual({
      sent: 1,
      settled: [receipt],
      released: [],
      timeline: [
        {
          incident: 'inc-3f9a1c',
          group: receipt.group,
          at: start,
          sequence: '000001/ml-alerts',
          what: 'delivered',
          detail: 'notification 1 reached ml-alerts at attempt 2: ok',
        },
      ],
    });
    expect(claims).toEqual([{ owner: 'lambda-1/m-1', now: start, until: start + 90_000, soleProcess: undefined }]);
  });
});

describe('a lane that cannot be had', () => {
  it('is done when the receipt is there already: nothing is sent twice', async () => {
    const { consume, seen } = deliverWorld({ lease: { lease: 'delivered' } });
    expect(await consume(message())).toEqual({ verdict: 'done' });
    expect(seen).toEqual({ sent: 0, settled: [], released: [], timeline: [] });
  });

  it('is done when a later notification was there first, and says so, the same each time', async () => {
    const { consume, seen } = deliverWorld({ lease: { lease: 'superseded' } });
    expect(await consume(message())).toEqual({ verdict: 'done' });
    await consume(message());
    expect(seen.sent).toBe(0);
    expect(seen.timeline[0]).toMatchObject({ what: 'superseded', at: aNotification().at });
    expect(seen.timeline[1]).toEqual(seen.timeline[0]);
  });

  it('is tried again when the lease of the other consumer has run out', async () => {
    const { consume, seen } = deliverWorld({ lease: { lease: 'busy', until: start + 41_200 } });
    expect(await consume(message())).toMatchObject({ verdict: 'retry', afterSeconds: 42 });
    expect(seen.sent).toBe(0);
  });
});

describe('a message that cannot be delivered goes to the dead-letter queue with its reason', () => {
  const channel = (name: string) => wireOf(aNotification({ channel: name }));
  it.each([
    { why: 'text that is not JSON', body: 'hello', errorClass: 'malformed', says: 'the message is not JSON: hello' },
    { why: 'JSON of another shape', body: '{"id":"x"}', errorClass: 'malformed', says: 'incident: ' },
    {
      why: 'a channel that the config no longer has',
      body: channel('old'),
      errorClass: 'unknown-channel',
      says: 'is not in the config, which has ml-alerts',
    },
  ])('$why', async ({ body, errorClass, says }) => {
    const { consume, seen } = deliverWorld();
    const verdict = await consume(message(body));
    expect(verdict).toMatchObject({ verdict: 'dead-letter', errorClass });
    expect(verdict).toHaveProperty('reason', expect.stringContaining(says));
    expect(seen.sent).toBe(0);
  });

  it('a channel that is of another kind now', async () => {
    const { consume } = deliverWorld({ ports: { channelKind: 'email' } });
    expect(await consume(message())).toMatchObject({ verdict: 'dead-letter', errorClass: 'wrong-kind' });
  });
});

describe('a delivery that fails frees the lane', () => {
  const transient = new TransientError('no answer');
  it.each([
    {
      when: 'permanently: it goes to the dead-letter queue',
      fails: new PermanentError('revoked'),
      receives: 1,
      gives: { verdict: 'dead-letter', reason: 'revoked', errorClass: 'permanent' },
    },
    {
      when: 'for now: after ten seconds',
      fails: transient,
      receives: 1,
      gives: { verdict: 'retry', afterSeconds: 10, reason: 'no answer' },
    },
    {
      when: 'for now, again and again: after a quarter of an hour',
      fails: transient,
      receives: 12,
      gives: { verdict: 'retry', afterSeconds: 900, reason: 'no answer' },
    },
    {
      when: 'and the provider asks for more time than that',
      fails: new TransientError('429', { retryAfterSeconds: 120 }),
      receives: 1,
      gives: { verdict: 'retry', afterSeconds: 120, reason: '429' },
    },
    {
      when: 'and the provider asks for less: the backoff holds',
      fails: new TransientError('429', { retryAfterSeconds: 3 }),
      receives: 1,
      gives: { verdict: 'retry', afterSeconds: 10, reason: '429' },
    },
    {
      when: 'and the provider asks for a week: six hours',
      fails: new TransientError('429', { retryAfterSeconds: 604_800 }),
      receives: 1,
      gives: { verdict: 'retry', afterSeconds: 21_600, reason: '429' },
    },
    {
      when: 'with an unexpected error: treated as transient',
      fails: new RangeError('odd'),
      receives: 1,
      gives: { verdict: 'retry', afterSeconds: 10, reason: 'odd' },
    },
    {
      when: 'for the last time: it goes to the dead-letter queue with the last reason',
      fails: transient,
      receives: maxAttempts,
      gives: {
        verdict: 'dead-letter',
        reason: `gave up after ${maxAttempts} attempts: no answer`,
        errorClass: 'exhausted',
      },
    },
  ])('$when', async ({ fails, receives, gives }) => {
    const { consume, seen } = deliverWorld({ fails });
    expect(await consume(message(undefined, receives))).toEqual(gives);
    expect(seen).toEqual({ sent: 1, settled: [], released: ['lambda-1/m-1'], timeline: [] });
  });

  it('and releasing it fails too: the first error is reported', async () => {
    const release = async () => Promise.reject(new Error('table is gone'));
    const deliveries = {
      lease: async () => ({ lease: 'leased', attempts: 1, mayRepeat: false, reached: [] }) as const,
      settle: async () => {},
      release,
    };
    const { consume } = deliverWorld({ fails: new PermanentError('revoked'), ports: { deliveries } });
    expect(await consume(message())).toMatchObject({ verdict: 'dead-letter', reason: 'revoked' });
  });

  it('but not when only the receipt could not be kept: the provider has the message, so the lease holds the next attempt off', async () => {
    const released: string[] = [];
    const deliveries: Deliveries = {
      lease: async () => ({ lease: 'leased', attempts: 1, mayRepeat: false, reached: [] }),
      settle: async () => Promise.reject(new Error('table is gone')),
      release: async (_, owner) => void released.push(owner),
    };
    const { consume } = deliverWorld({ ports: { deliveries } });
    expect(await consume(message())).toMatchObject({ verdict: 'retry', reason: 'table is gone' });
    expect(released).toEqual([]);
  });
});
