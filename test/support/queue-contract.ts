import { describe, expect, it } from 'vitest';
import type { Queue } from '../../core/queues/queue.ts';
import { type HandClock, handClock } from './hand-clock.ts';

const minute = 60_000;

/** What every queue does, whatever it keeps its messages in. `buried` tells what lies among its dead letters. */
export function queueContract(
  make: (clock: HandClock) => Promise<{ queue: Queue; buried: () => Promise<unknown[]> }>,
): void {
  const setUp = async () => {
    const clock = handClock('2026-11-21T12:00:00Z');
    const { queue, buried } = await make(clock);
    /** Receives for a minute, and tells the bodies. */
    const receive = () => queue.receive(clock.now(), clock.now() + minute);
    const bodies = async () => (await receive()).map(({ body }) => body);
    return { clock, queue, buried, receive, bodies };
  };

  describe('a queue', () => {
    it('gives what was sent, the oldest first, and the first time counts as one receive', async () => {
      const { clock, queue, receive } = await setUp();
      for (const body of ['a', 'b', 'c']) {
        await queue.send(body);
        clock.advance(1);
      }
      expect(await receive()).toMatchObject([
        { body: 'a', receives: 1 },
        { body: 'b', receives: 1 },
        { body: 'c', receives: 1 },
      ]);
    });

    it('keeps a received message hidden for the time that was asked, then gives it again and counts', async () => {
      const { clock, queue, bodies, receive } = await setUp();
      await queue.send('a');
      expect(await bodies()).toEqual(['a']);
      clock.advance(minute - 1);
      expect(await bodies()).toEqual([]);
      clock.advance(1);
      expect(await receive()).toMatchObject([{ body: 'a', receives: 2 }]);
    });

    it('hides a message for as long as its consumer asks', async () => {
      const { clock, queue, bodies, receive } = await setUp();
      await queue.send('a');
      const [message] = await receive();
      await queue.hide(message!.id, clock.now() + 5 * minute);
      clock.advance(5 * minute - 1);
      expect(await bodies()).toEqual([]);
      clock.advance(1);
      expect(await bodies()).toEqual(['a']);
    });

    it('forgets what is done with; doing so again changes nothing, nor does hiding what is gone', async () => {
      const { clock, queue, bodies, receive } = await setUp();
      await queue.send('a');
      await queue.send('b');
      const a = (await receive()).find(({ body }) => body === 'a')!;
      await queue.remove(a.id);
      await queue.remove(a.id);
      await queue.hide(a.id, clock.now());
      clock.advance(minute);
      expect(await bodies()).toEqual(['b']);
    });

    it('buries a message with its reason, and never gives it again', async () => {
      const { clock, queue, buried, bodies, receive } = await setUp();
      await queue.send('a');
      const [message] = await receive();
      await queue.bury(message!, 'the webhook was removed', 'permanent');
      clock.advance(60 * minute);
      expect(await bodies()).toEqual([]);
      expect(await buried()).toMatchObject([{ reason: 'the webhook was removed', errorClass: 'permanent' }]);
    });

    it('says when there may be something to do, never later than there is', async () => {
      const { clock, queue } = await setUp();
      await queue.send('a');
      expect(queue.nextVisible(clock.now())).toBeLessThanOrEqual(clock.now() + 1000);
    });
  });
}
