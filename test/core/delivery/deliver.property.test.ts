import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MemoryChannelPauses } from '../../../adapters/memory-channel-pauses.ts';
import { MemoryDeliveries } from '../../../adapters/memory-deliveries.ts';
import { VirtualClock } from '../../../adapters/virtual-clock.ts';
import { deliver } from '../../../core/delivery/deliver.ts';
import { TransientError } from '../../../core/delivery/errors.ts';
import { aNotification, wireOf } from '../../support/a-notification.ts';

/** How one attempt to send goes; when the list is used up, all goes well. */
const outcomes = ['accepted', 'refused', 'accepted, then no answer', 'killed', 'accepted, then killed'] as const;
interface Attempt {
  takesSeconds: number;
  outcome: (typeof outcomes)[number];
}

const functionTimeoutSeconds = 60;
const visibilitySeconds = 6 * functionTimeoutSeconds;

/**
 * Two consumers of one queue that deliver the notifications of one incident to one channel, with a provider and a host
 * that fail as they are told. Returns what the provider accepted and what was in flight, in the order of time.
 */
async function play(sequences: readonly number[], attempts: readonly Attempt[]) {
  const clock = new VirtualClock(Date.parse('2026-11-21T02:13:05Z'));
  const deliveries = new MemoryDeliveries();
  const queue = sequences.map((sequence, i) => ({
    id: `m-${i}`,
    body: wireOf(aNotification({ id: `inc-3f9a1c/${sequence}`, sequence })),
    receives: 0,
    visibleAt: clock.now(),
  }));
  const plan = [...attempts];
  const seen = { accepted: [] as number[], parked: 0, overlapped: false, sentAfterLater: false };
  let delivered = 0;
  let inFlight = 0;

  const work = async (owner: string) => {
    const consume = deliver({
      document: { channels: { 'ml-alerts': { channel: 'slack', webhook: 'http://127.0.0.1:9/' } } },
      channelKind: 'slack',
      deliveries: {
        lease: (...claim) => deliveries.lease(...claim),
        release: (...lane) => deliveries.release(...lane),
        settle: async (receipt) => {
          await deliveries.settle(receipt);
          delivered = Math.max(delivered, receipt.sequence);
        },
      },
      pauses: new MemoryChannelPauses(),
      archive: { addToTimeline: async () => {} },
      send: async ({ sequence }) => {
        const { takesSeconds, outcome } = plan.shift() ?? { takesSeconds: 0, outcome: 'accepted' };
        seen.sentAfterLater ||= delivered > sequence;
        seen.overlapped ||= inFlight > 0;
        inFlight += 1;
        await clock.sleep(takesSeconds * 1000);
        inFlight -= 1;
        if (outcome.startsWith('accepted')) seen.accepted.push(sequence);
        if (outcome.endsWith('killed')) await new Promise(() => {});
        if (outcome !== 'accepted') throw new TransientError(outcome);
        return { proof: 'ok' };
      },
      clock,
      owner,
      leaseSeconds: 2 * functionTimeoutSeconds,
    });
    while (queue.length > 0) {
      const message = queue.find(({ visibleAt }) => visibleAt <= clock.now());
      if (!message) {
        await clock.sleep(1000);
        continue;
      }
      message.receives += 1;
      message.visibleAt = clock.now() + visibilitySeconds * 1000;
      const killed = clock.sleep(functionTimeoutSeconds * 1000).then(() => undefined);
      const verdict = await Promise.race([consume(message), killed]);
      if (verdict?.verdict === 'retry') message.visibleAt = clock.now() + verdict.afterSeconds * 1000;
      if (verdict?.verdict === 'dead-letter') seen.parked += 1;
      if (verdict && verdict.verdict !== 'retry') queue.splice(queue.indexOf(message), 1);
    }
  };
  await clock.until(Promise.all([work('a'), work('b')]));
  return seen;
}

const attempt = fc.record({ takesSeconds: fc.integer({ min: 0, max: 15 }), outcome: fc.constantFrom(...outcomes) });
/** In any order, and some twice: a queue delivers at least once. */
const sequences = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 6 });

describe('whatever fails on the way, in whatever order the notifications of an incident come', () => {
  it('the last word arrives, nothing older follows it, and only an unclear attempt repeats', async () => {
    await fc.assert(
      fc.asyncProperty(sequences, fc.array(attempt, { maxLength: 12 }), async (order, attempts) => {
        const { accepted, parked, overlapped, sentAfterLater } = await play(order, attempts);
        const last = Math.max(...order);
        expect(accepted).toContain(last);
        expect({ parked, overlapped, sentAfterLater }).toEqual({ parked: 0, overlapped: false, sentAfterLater: false });
        const unclear = attempts.filter(({ outcome }) => outcome.startsWith('accepted,')).length;
        expect(accepted.length).toBeLessThanOrEqual(new Set(accepted).size + unclear);
      }),
      { numRuns: 100 },
    );
  });

  it('without a failure each notification arrives once, in order', async () => {
    expect((await play([1, 2, 3], [])).accepted).toEqual([1, 2, 3]);
  });
});
