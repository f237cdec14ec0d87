import { describe, expect, it } from 'vitest';
import { MemoryQueue } from '../../adapters/memory-queue.ts';
import { maxAttempts } from '../../core/delivery/backoff.ts';
import { done, type Verdict } from '../../core/queues/message.ts';
import { consume } from '../../laptop/consume.ts';
import { handClock } from '../support/hand-clock.ts';

const minute = 60_000;

function setUp() {
  const clock = handClock('2026-11-21T12:00:00Z');
  const queue = new MemoryQueue('q', clock);
  return { clock, queue, waits: () => (queue.nextVisible() ?? Number.NaN) - clock.now() };
}

describe('a consumer on a laptop', () => {
  it.each<{ says: string; verdict: Verdict; left: number; buried: number; waits: number }>([
    { says: 'done: the message is gone', verdict: done, left: 0, buried: 0, waits: Number.NaN },
    {
      says: 'retry: it comes again after the time that was asked',
      verdict: { verdict: 'retry', afterSeconds: 90, reason: 'busy' },
      left: 1,
      buried: 0,
      waits: 90_000,
    },
    {
      says: 'dead-letter: it is buried with its reason',
      verdict: { verdict: 'dead-letter', reason: 'no such channel', errorClass: 'unknown-channel' },
      left: 0,
      buried: 1,
      waits: Number.NaN,
    },
  ])('$says', async ({ verdict, left, buried, waits: expected }) => {
    const { clock, queue, waits } = setUp();
    await queue.send('a');
    const seen: Verdict[] = [];
    await consume(
      queue,
      async () => verdict,
      clock,
      (_, __, v) => seen.push(v),
    );
    expect(seen).toEqual([verdict]);
    expect(queue.buried).toHaveLength(buried);
    expect(waits()).toBe(expected);
    clock.advance(60 * minute);
    expect(await queue.receive(clock.now(), clock.now())).toHaveLength(left);
  });

  it('that throws gets the message again, later and later', async () => {
    const { clock, queue, waits } = setUp();
    await queue.send('a');
    const pauses: number[] = [];
    for (let attempt = 0; attempt < 6; attempt++) {
      await consume(queue, () => Promise.reject(new Error('the table does not answer')), clock);
      pauses.push(waits() / 1000);
      clock.advance(waits());
    }
    expect(pauses).toEqual([10, 30, 60, 120, 240, 480]);
  });

  it(`that throws ${maxAttempts} times has the message buried with the error`, async () => {
    const { clock, queue, waits } = setUp();
    await queue.send('a');
    const fails = () => Promise.reject(new TypeError('cannot read that'));
    for (let attempt = 1; attempt < maxAttempts; attempt++) {
      await consume(queue, fails, clock);
      expect(queue.buried).toEqual([]);
      clock.advance(waits());
    }
    await consume(queue, fails, clock);
    expect(queue.buried).toMatchObject([{ reason: 'cannot read that', errorClass: 'TypeError' }]);
  });

  it('that fails on one message still gets the others', async () => {
    const { clock, queue } = setUp();
    for (const body of ['a', 'bad', 'c']) await queue.send(body);
    const served: string[] = [];
    await consume(
      queue,
      async ({ body }) => {
        if (body === 'bad') throw new Error('no');
        served.push(body);
        return done;
      },
      clock,
    );
    expect(served).toEqual(['a', 'c']);
  });

  it('has the message hidden from others while it works, for longer than it may take', async () => {
    const { clock, queue } = setUp();
    await queue.send('a');
    await consume(
      queue,
      async () => {
        clock.advance(5 * minute);
        expect(await queue.receive(clock.now(), clock.now())).toEqual([]);
        return done;
      },
      clock,
    );
  });
});
