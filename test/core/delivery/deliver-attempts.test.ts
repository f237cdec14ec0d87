import { describe, expect, it } from 'vitest';
import { maxAttempts } from '../../../core/delivery/backoff.ts';
import { PartlyDeliveredError, PermanentError, TransientError } from '../../../core/delivery/errors.ts';
import { aNotification, wireOf } from '../../support/a-notification.ts';
import { deliverWorld, message, start } from '../../support/deliver-world.ts';

describe('a lease', () => {
  it('ends with the invocation that holds it, when the queue says when that is', async () => {
    const { consume, claims } = deliverWorld();
    await consume({ ...message(), endsAt: start + 30_000 });
    expect(claims).toMatchObject([{ until: start + 30_000 }]);
  });

  it('of a process that has ended is void for the one that owns the store', async () => {
    const { consume, claims } = deliverWorld({ ports: { ownsStore: true } });
    await consume(message());
    expect(claims).toMatchObject([{ soleProcess: 'lambda-1/' }]);
  });
});

describe('what is sent', () => {
  const leased = { lease: 'leased', attempts: 2, mayRepeat: false, reached: [] } as const;
  const before = 'This notification could not be delivered earlier.';
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
      remark: `${before} This incident is over, but the alarm fires again: see the previous message.`,
    },
  ])('late, while $when', async ({ lease, kind, remark }) => {
    const { consume, sent } = deliverWorld({ lease });
    await consume(message());
    expect(sent).toMatchObject([{ notification: { kind, remark, title: 'Late notice: Service down' } }]);
  });

  it('late, of what opens nothing, is only late', async () => {
    const { consume, sent } = deliverWorld({ lease: { ...leased, late: 'over' } });
    await consume(message(wireOf(aNotification({ kind: 'news' }))));
    expect(sent).toMatchObject([{ notification: { kind: 'news', remark: before } }]);
  });

  it('again, after an attempt that was interrupted, says that it may be a duplicate', async () => {
    const { consume, sent } = deliverWorld({ lease: { ...leased, mayRepeat: true } });
    await consume(message());
    expect(sent).toMatchObject([
      {
        notification: {
          kind: 'opened',
          remark: 'This may be a duplicate: an earlier delivery attempt was interrupted.',
        },
      },
    ]);
  });

  it('goes to those recipients that do not have it', async () => {
    const { consume, sent } = deliverWorld({ lease: { ...leased, reached: ['one@example.com'] } });
    await consume(message());
    expect(sent).toMatchObject([{ reached: ['one@example.com'] }]);
  });
});

describe('a message that reached some recipients and not all', () => {
  const [reached, says] = [['one@example.com'], 'two@example.com 550 no such user'];
  it.each([
    {
      rest: new TransientError(says),
      gives: {
        verdict: 'retry',
        afterSeconds: 10,
        reason: `delivered to one@example.com, but not to all recipients: ${says}`,
      },
    },
    {
      rest: new PermanentError(says),
      gives: {
        verdict: 'dead-letter',
        errorClass: 'partly-delivered',
        reason: `delivered to one@example.com, but not to all recipients: ${says}`,
      },
    },
  ])('is not done, and who has it is kept: a $rest.name for the others', async ({ rest, gives }) => {
    const { consume, seen, attempts, pauses } = deliverWorld({ fails: new PartlyDeliveredError(reached, rest) });
    expect(await consume(message())).toEqual(gives);
    expect(seen.settled).toEqual([]);
    expect(attempts).toEqual([{ mayHaveArrived: false, reached }]);
    expect(await pauses.pausedUntil('ml-alerts')).toBeUndefined();
  });
});

describe('a channel that failed is paused', () => {
  it.each([
    { when: 'for as long as its provider asked', fails: new TransientError('429', { retryAfterSeconds: 90 }), for: 90 },
    {
      when: 'for a quarter of an hour when it asked for a week',
      fails: new TransientError('429', { retryAfterSeconds: 604_800 }),
      for: 900,
    },
    {
      when: 'for ten seconds when it asked for none',
      fails: new TransientError('429', { retryAfterSeconds: 0 }),
      for: 10,
    },
    { when: 'for ten seconds when it did not say', fails: new TransientError('no answer'), for: 10 },
    { when: 'for ten seconds after an unexpected error', fails: new RangeError('odd'), for: 10 },
    { when: 'not after a refusal: it does answer', fails: new PermanentError('revoked'), for: undefined },
  ])('$when', async ({ fails, for: seconds }) => {
    const { consume, pauses } = deliverWorld({ fails });
    await consume(message());
    expect(await pauses.pausedUntil('ml-alerts')).toBe(seconds && start + seconds * 1000);
  });

  it.each([
    { receives: 1, waits: 90, why: 'as long as the pause' },
    { receives: 6, waits: 480, why: 'as long as its own backoff, when that is longer' },
  ])('and a message at receive $receives waits $why, without knocking', async ({ receives, waits }) => {
    const { consume, pauses, seen, claims } = deliverWorld();
    await pauses.pause('ml-alerts', start + 90_000);
    expect(await consume(message(undefined, receives))).toMatchObject({ verdict: 'retry', afterSeconds: waits });
    expect({ sent: seen.sent, claims }).toEqual({ sent: 0, claims: [] });
  });

  it('and a message that has waited through all of its attempts goes to the dead-letter queue', async () => {
    const { consume, pauses } = deliverWorld();
    await pauses.pause('ml-alerts', start + 90_000);
    expect(await consume(message(undefined, maxAttempts))).toMatchObject({
      verdict: 'dead-letter',
      errorClass: 'exhausted',
    });
  });
});
