import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../../adapters/virtual-clock.ts';
import { maxAttempts } from '../../../core/delivery/backoff.ts';
import { type DeliverPorts, deliver } from '../../../core/delivery/deliver.ts';
import type { Deliveries, Lease } from '../../../core/delivery/deliveries.ts';
import { PermanentError, TransientError } from '../../../core/delivery/errors.ts';
import type { TimelineEntry } from '../../../core/incidents/group.ts';
import type { Receipt } from '../../../events/receipt.ts';
import { aNotification, wireOf } from '../../support/a-notification.ts';

const start = Date.parse('2026-11-21T02:13:06.000Z');
const message = (body = wireOf(aNotification()), receives = 1) => ({ id: 'm-1', body, receives });

/** A lane that answers what it is told and writes down what is asked of it. */
function world(options: { lease?: Lease; fails?: unknown; ports?: Partial<DeliverPorts> } = {}) {
  const seen = { sent: 0, settled: [] as Receipt[], released: [] as string[], timeline: [] as TimelineEntry[] };
  const claims: { owner: string; now: number; until: number }[] = [];
  const deliveries: Deliveries = {
    lease: async (_, claim) => {
      claims.push(claim);
      return options.lease ?? { lease: 'leased', attempts: 2, late: false };
    },
    settle: async (receipt) => void seen.settled.push(receipt),
    release: async (_, owner) => void seen.released.push(owner),
  };
  const consume = deliver({
    document: { channels: { 'ml-alerts': { channel: 'slack', webhook: { secret: 'hook' } } } },
    channelKind: 'slack',
    deliveries,
    archive: { addToTimeline: async (entry) => void seen.timeline.push(entry) },
    send: async () => {
      seen.sent += 1;
      if (options.fails !== undefined) throw options.fails;
      return { proof: 'ok' };
    },
    clock: new VirtualClock(start),
    owner: 'lambda-1',
    leaseSeconds: 90,
    ...options.ports,
  });
  return { consume, seen, claims };
}

describe('a delivery that succeeds', () => {
  it('is sent once, settled with its receipt, and told in the timeline', async () => {
    const { consume, seen, claims } = world();

    expect(await consume(message())).toEqual({ verdict: 'done' });

    const receipt = {
      notification: 'inc-3f9a1c/1',
      incident: 'inc-3f9a1c',
      group: 'tocsin-demo/dev/service/classifier/service-down',
      channel: 'ml-alerts',
      sequence: 1,
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
          at: start,
          sequence: '000001/ml-alerts',
          what: 'delivered',
          detail: 'notification 1 reached ml-alerts at attempt 2: ok',
        },
      ],
    });
    expect(claims).toEqual([{ owner: 'lambda-1/m-1', now: start, until: start + 90_000 }]);
  });
});

describe('a lane that cannot be had', () => {
  it('is done when the receipt is there already: nothing is sent twice', async () => {
    const { consume, seen } = world({ lease: { lease: 'delivered' } });
    expect(await consume(message())).toEqual({ verdict: 'done' });
    expect(seen).toEqual({ sent: 0, settled: [], released: [], timeline: [] });
  });

  it('is done when a later notification was there first, and says so, the same each time', async () => {
    const { consume, seen } = world({ lease: { lease: 'superseded' } });
    expect(await consume(message())).toEqual({ verdict: 'done' });
    await consume(message());
    expect(seen.sent).toBe(0);
    expect(seen.timeline[0]).toMatchObject({ what: 'superseded', at: aNotification().at });
    expect(seen.timeline[1]).toEqual(seen.timeline[0]);
  });

  it('is tried again when the lease of the other consumer has run out', async () => {
    const { consume, seen } = world({ lease: { lease: 'busy', until: start + 41_200 } });
    expect(await consume(message())).toMatchObject({ verdict: 'retry', afterSeconds: 42 });
    expect(seen.sent).toBe(0);
  });
});

describe('a message that nobody can deliver is parked with its reason', () => {
  const channel = (name: string) => wireOf(aNotification({ channel: name }));
  it.each([
    { why: 'text that is not JSON', body: 'hello', errorClass: 'malformed', says: 'the message is not JSON: hello' },
    { why: 'JSON of another shape', body: '{"id":"x"}', errorClass: 'malformed', says: 'incident: ' },
    {
      why: 'a channel that the config no longer has',
      body: channel('old'),
      errorClass: 'unknown-channel',
      says: 'there are ml-alerts',
    },
  ])('$why', async ({ body, errorClass, says }) => {
    const { consume, seen } = world();
    const verdict = await consume(message(body));
    expect(verdict).toMatchObject({ verdict: 'dead-letter', errorClass });
    expect(verdict).toHaveProperty('reason', expect.stringContaining(says));
    expect(seen.sent).toBe(0);
  });

  it('a channel that is of another kind now', async () => {
    const { consume } = world({ ports: { channelKind: 'email' } });
    expect(await consume(message())).toMatchObject({ verdict: 'dead-letter', errorClass: 'wrong-kind' });
  });
});

describe('a delivery that fails frees the lane', () => {
  const transient = new TransientError('no answer');
  it.each([
    {
      when: 'for good: it is parked',
      fails: new PermanentError('revoked'),
      receives: 1,
      gives: { verdict: 'dead-letter', reason: 'revoked', errorClass: 'permanent' },
    },
    {
      when: 'for now: after a minute',
      fails: transient,
      receives: 1,
      gives: { verdict: 'retry', afterSeconds: 60, reason: 'no answer' },
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
      gives: { verdict: 'retry', afterSeconds: 60, reason: '429' },
    },
    {
      when: 'and the provider asks for a week: six hours',
      fails: new TransientError('429', { retryAfterSeconds: 604_800 }),
      receives: 1,
      gives: { verdict: 'retry', afterSeconds: 21_600, reason: '429' },
    },
    {
      when: 'in a way that nobody foresaw: as if for now',
      fails: new RangeError('odd'),
      receives: 1,
      gives: { verdict: 'retry', afterSeconds: 60, reason: 'odd' },
    },
    {
      when: 'for the last time: it is parked with the last reason',
      fails: transient,
      receives: maxAttempts,
      gives: {
        verdict: 'dead-letter',
        reason: `gave up after ${maxAttempts} attempts: no answer`,
        errorClass: 'exhausted',
      },
    },
  ])('$when', async ({ fails, receives, gives }) => {
    const { consume, seen } = world({ fails });
    expect(await consume(message(undefined, receives))).toEqual(gives);
    expect(seen).toEqual({ sent: 1, settled: [], released: ['lambda-1/m-1'], timeline: [] });
  });

  it('and freeing it fails too: the first error is what is told', async () => {
    const release = async () => Promise.reject(new Error('table is gone'));
    const deliveries = {
      lease: async () => ({ lease: 'leased', attempts: 1, late: false }) as const,
      settle: async () => {},
      release,
    };
    const { consume } = world({ fails: new PermanentError('revoked'), ports: { deliveries } });
    expect(await consume(message())).toMatchObject({ verdict: 'dead-letter', reason: 'revoked' });
  });

  it('but not when only the receipt could not be kept: the provider has the message, so the lease holds the next attempt off', async () => {
    const released: string[] = [];
    const deliveries: Deliveries = {
      lease: async () => ({ lease: 'leased', attempts: 1, late: false }),
      settle: async () => Promise.reject(new Error('table is gone')),
      release: async (_, owner) => void released.push(owner),
    };
    const { consume } = world({ ports: { deliveries } });
    expect(await consume(message())).toMatchObject({ verdict: 'retry', reason: 'table is gone' });
    expect(released).toEqual([]);
  });
});
