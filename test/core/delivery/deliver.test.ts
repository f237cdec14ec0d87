import { describe, expect, it } from 'vitest';
import { MemoryChannelPauses } from '../../../adapters/memory-channel-pauses.ts';
import { VirtualClock } from '../../../adapters/virtual-clock.ts';
import { maxAttempts } from '../../../core/delivery/backoff.ts';
import { type DeliverPorts, deliver } from '../../../core/delivery/deliver.ts';
import type { Deliveries, Lease, Unsettled } from '../../../core/delivery/deliveries.ts';
import { PartlyDeliveredError, PermanentError, TransientError } from '../../../core/delivery/errors.ts';
import type { TimelineEntry } from '../../../core/incidents/group.ts';
import type { Notification } from '../../../events/notification.ts';
import type { Receipt } from '../../../events/receipt.ts';
import { aNotification, wireOf } from '../../support/a-notification.ts';

const start = Date.parse('2026-11-21T02:13:06.000Z');
const message = (body = wireOf(aNotification()), receives = 1) => ({ id: 'm-1', body, receives });

/** A lane that answers what it is told and writes down what is asked of it. */
function world(options: { lease?: Lease; fails?: unknown; ports?: Partial<DeliverPorts> } = {}) {
  const seen = { sent: 0, settled: [] as Receipt[], released: [] as string[], timeline: [] as TimelineEntry[] };
  const sent: { notification: Notification; reached: readonly string[] | undefined }[] = [];
  const attempts: (Unsettled | undefined)[] = [];
  const claims: { owner: string; now: number; until: number }[] = [];
  const deliveries: Deliveries = {
    lease: async (_, claim) => {
      claims.push(claim);
      return options.lease ?? { lease: 'leased', attempts: 2, mayRepeat: false, reached: [] };
    },
    settle: async (receipt) => void seen.settled.push(receipt),
    release: async (_, owner, attempt) => {
      seen.released.push(owner);
      attempts.push(attempt);
    },
  };
  const pauses = new MemoryChannelPauses();
  const consume = deliver({
    document: { channels: { 'ml-alerts': { channel: 'slack', webhook: { secret: 'hook' } } } },
    channelKind: 'slack',
    deliveries,
    pauses,
    archive: { addToTimeline: async (entry) => void seen.timeline.push(entry) },
    send: async (notification, _, reached) => {
      seen.sent += 1;
      sent.push({ notification, reached });
      if (options.fails !== undefined) throw options.fails;
      return { proof: 'ok' };
    },
    clock: new VirtualClock(start),
    owner: 'lambda-1',
    leaseSeconds: 90,
    ...options.ports,
  });
  return { consume, seen, claims, sent, attempts, pauses };
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
      when: 'in a way that nobody foresaw: as if for now',
      fails: new RangeError('odd'),
      receives: 1,
      gives: { verdict: 'retry', afterSeconds: 10, reason: 'odd' },
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
      lease: async () => ({ lease: 'leased', attempts: 1, mayRepeat: false, reached: [] }) as const,
      settle: async () => {},
      release,
    };
    const { consume } = world({ fails: new PermanentError('revoked'), ports: { deliveries } });
    expect(await consume(message())).toMatchObject({ verdict: 'dead-letter', reason: 'revoked' });
  });

  it('but not when only the receipt could not be kept: the provider has the message, so the lease holds the next attempt off', async () => {
    const released: string[] = [];
    const deliveries: Deliveries = {
      lease: async () => ({ lease: 'leased', attempts: 1, mayRepeat: false, reached: [] }),
      settle: async () => Promise.reject(new Error('table is gone')),
      release: async (_, owner) => void released.push(owner),
    };
    const { consume } = world({ ports: { deliveries } });
    expect(await consume(message())).toMatchObject({ verdict: 'retry', reason: 'table is gone' });
    expect(released).toEqual([]);
  });
});

describe('a lease', () => {
  it('ends with the invocation that holds it, when the queue says when that is', async () => {
    const { consume, claims } = world();
    await consume({ ...message(), endsAt: start + 30_000 });
    expect(claims).toMatchObject([{ until: start + 30_000 }]);
  });

  it('of a process that has ended is void for the one that owns the store', async () => {
    const { consume, claims } = world({ ports: { ownsStore: true } });
    await consume(message());
    expect(claims).toMatchObject([{ soleProcess: 'lambda-1/' }]);
  });
});

describe('what is sent', () => {
  const leased = { lease: 'leased', attempts: 2, mayRepeat: false, reached: [] } as const;
  const before = 'This notice could not be delivered earlier.';
  it.each([
    {
      when: 'nothing is open any more: it is green and says so',
      lease: { ...leased, late: 'over' as const },
      kind: 'resolved',
      remark: `${before} The incident is over.`,
    },
    {
      when: 'a newer incident is open: it stays red and says so',
      lease: { ...leased, late: 'open' as const },
      kind: 'again',
      remark: `${before} That incident is over, but the alarm fires again: see the message before this one.`,
    },
  ])('late, while $when', async ({ lease, kind, remark }) => {
    const { consume, sent } = world({ lease });
    await consume(message());
    expect(sent).toMatchObject([{ notification: { kind, remark, title: 'Late notice: Service down' } }]);
  });

  it('late, of what opens nothing, is only late', async () => {
    const { consume, sent } = world({ lease: { ...leased, late: 'over' } });
    await consume(message(wireOf(aNotification({ kind: 'news' }))));
    expect(sent).toMatchObject([{ notification: { kind: 'news', remark: before } }]);
  });

  it('again, after an attempt that was interrupted, says that it may be a repeat', async () => {
    const { consume, sent } = world({ lease: { ...leased, mayRepeat: true } });
    await consume(message());
    expect(sent).toMatchObject([
      { notification: { kind: 'opened', remark: 'This may be a repeat: an earlier attempt was interrupted.' } },
    ]);
  });

  it('goes to those recipients that do not have it', async () => {
    const { consume, sent } = world({ lease: { ...leased, reached: ['one@example.com'] } });
    await consume(message());
    expect(sent).toMatchObject([{ reached: ['one@example.com'] }]);
  });
});

describe('a message that reached some recipients and not all', () => {
  const [reached, says] = [['one@example.com'], 'two@example.com 550 no such user'];
  it.each([
    {
      rest: new TransientError(says),
      gives: { verdict: 'retry', afterSeconds: 10, reason: `reached one@example.com, but not everybody: ${says}` },
    },
    {
      rest: new PermanentError(says),
      gives: {
        verdict: 'dead-letter',
        errorClass: 'partly-delivered',
        reason: `reached one@example.com, but not everybody: ${says}`,
      },
    },
  ])('is not done, and who has it is kept: a $rest.name for the others', async ({ rest, gives }) => {
    const { consume, seen, attempts, pauses } = world({ fails: new PartlyDeliveredError(reached, rest) });
    expect(await consume(message())).toEqual(gives);
    expect(seen.settled).toEqual([]);
    expect(attempts).toEqual([{ mayHaveArrived: false, reached }]);
    expect(await pauses.pausedUntil('ml-alerts')).toBeUndefined();
  });
});

describe('a channel that failed is left alone', () => {
  it.each([
    { when: 'for as long as its provider asked', fails: new TransientError('429', { retryAfterSeconds: 90 }), for: 90 },
    { when: 'for ten seconds when it did not say', fails: new TransientError('no answer'), for: 10 },
    { when: 'for ten seconds after what nobody foresaw', fails: new RangeError('odd'), for: 10 },
    { when: 'not after a refusal: it does answer', fails: new PermanentError('revoked'), for: undefined },
  ])('$when', async ({ fails, for: seconds }) => {
    const { consume, pauses } = world({ fails });
    await consume(message());
    expect(await pauses.pausedUntil('ml-alerts')).toBe(seconds && start + seconds * 1000);
  });

  it.each([
    { receives: 1, waits: 90, why: 'as long as the pause' },
    { receives: 6, waits: 480, why: 'as long as its own backoff, when that is longer' },
  ])('and a message at receive $receives waits $why, without knocking', async ({ receives, waits }) => {
    const { consume, pauses, seen, claims } = world();
    await pauses.pause('ml-alerts', start + 90_000);
    expect(await consume(message(undefined, receives))).toMatchObject({ verdict: 'retry', afterSeconds: waits });
    expect({ sent: seen.sent, claims }).toEqual({ sent: 0, claims: [] });
  });

  it('and a message that has waited through all of its attempts is parked', async () => {
    const { consume, pauses } = world();
    await pauses.pause('ml-alerts', start + 90_000);
    expect(await consume(message(undefined, maxAttempts))).toMatchObject({
      verdict: 'dead-letter',
      errorClass: 'exhausted',
    });
  });
});
