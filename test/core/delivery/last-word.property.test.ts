import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MemoryChannelPauses } from '../../../adapters/memory-channel-pauses.ts';
import { MemoryDeliveries } from '../../../adapters/memory-deliveries.ts';
import { deliver } from '../../../core/delivery/deliver.ts';
import { PartlyDeliveredError, TransientError } from '../../../core/delivery/errors.ts';
import { shownAfter } from '../../../core/delivery/lane.ts';
import type { Verdict } from '../../../core/queues/message.ts';
import type { Notification } from '../../../events/notification.ts';
import { aNotification, wireOf } from '../../support/a-notification.ts';

// An alarm goes through up to three incidents while two channels fail in any way. Messages come in any order, again after
// each failure. When all is done, what each channel shows last must be the state of the alarm.

const channels = ['ml-alerts', 'ml-team'] as const;
const outcomes = [
  'sent',
  'refused',
  'sent, then no answer',
  'sent to one of two',
  'killed',
  'sent, then killed',
] as const;
type Outcome = (typeof outcomes)[number];

/** Three incidents of one alarm, the last of them perhaps still open, with reminders in between. */
const histories: Notification['kind'][][] = [
  ['opened'],
  ['opened', 'resolved'],
  ['opened', 'resolved', 'opened'],
  ['opened', 'reminder', 'resolved', 'opened', 'resolved'],
  ['opened', 'resolved', 'opened', 'resolved', 'opened'],
  ['opened', 'resolved', 'opened', 'resolved', 'opened', 'closed'],
  ['opened', 'resolved', 'opened', 'no-data', 'resolved', 'opened', 'resolved'],
];

function notificationsOf(kinds: readonly Notification['kind'][]): Notification[] {
  let incident = 0;
  return kinds.map((kind, i) => {
    if (kind === 'opened') incident += 1;
    return aNotification({ id: `inc-${incident}/${i + 1}`, incident: `inc-${incident}`, sequence: i + 1, kind });
  });
}

/** Plays one channel: the messages in this order, each again until it is done with. @returns what was shown, in order */
async function play(channel: string, messages: readonly Notification[], fates: readonly Outcome[]) {
  let now = 0;
  const shown: Notification[] = [];
  const plan = [...fates];
  const consume = deliver({
    document: { channels: { [channel]: { channel: 'slack', webhook: 'http://127.0.0.1:9/' } } },
    channelKind: 'slack',
    deliveries: new MemoryDeliveries(),
    pauses: new MemoryChannelPauses(),
    archive: { addToTimeline: async () => {} },
    send: async (notification) => {
      const outcome = plan.shift() ?? 'sent';
      if (outcome.startsWith('sent')) shown.push(notification);
      if (outcome.endsWith('killed')) await new Promise(() => {});
      if (outcome === 'sent to one of two')
        throw new PartlyDeliveredError(['one@example.com'], new TransientError('451'));
      if (outcome !== 'sent') throw new TransientError(outcome, { mayHaveArrived: outcome.startsWith('sent') });
      return { proof: 'ok' };
    },
    clock: { now: () => now, sleep: async () => {} },
    owner: channel,
    leaseSeconds: 60,
  });
  const queue = messages.map((notification, i) => ({
    id: `m-${i}`,
    body: wireOf({ ...notification, channel }),
    receives: 0,
    visibleAt: 0,
  }));
  while (queue.length > 0) {
    const next = queue.reduce((one, other) => (other.visibleAt < one.visibleAt ? other : one));
    now = Math.max(now + 1000, next.visibleAt);
    next.receives += 1;
    // A killed attempt never answers: the queue shows its message again after the visibility timeout.
    const verdict = await Promise.race([consume(next), killed()]);
    if (verdict === undefined) next.visibleAt = now + 360_000;
    else if (verdict.verdict === 'retry') next.visibleAt = now + verdict.afterSeconds * 1000;
    else queue.splice(queue.indexOf(next), 1);
  }
  return shown;
}

/** After all that waits for memory only has gone on. */
const killed = () => new Promise<Verdict | undefined>((resolve) => setImmediate(() => resolve(undefined)));

const game = fc.constantFrom(...histories).chain((kinds) =>
  fc.record({
    kinds: fc.constant(kinds),
    orders: fc.tuple(...channels.map(() => fc.shuffledSubarray(order(kinds), { minLength: kinds.length }))),
    fates: fc.tuple(...channels.map(() => fc.array(fc.constantFrom(...outcomes), { maxLength: 10 }))),
  }),
);
const order = (kinds: readonly unknown[]) => kinds.map((_, i) => i);

describe('whatever order the notifications of three incidents come in, and whatever fails', () => {
  it('the last message of a channel shows the state of the alarm, and people are notified of each incident', async () => {
    await fc.assert(
      fc.asyncProperty(game, async ({ kinds, orders, fates }) => {
        const all = notificationsOf(kinds);
        for (const [i, channel] of channels.entries()) {
          const shown = await play(
            channel,
            orders[i]!.map((at) => all[at]!),
            fates[i]!,
          );
          expect(shownAfter(shown.at(-1)?.kind)).toBe(shownAfter(kinds.at(-1)));
          expect(new Set(shown.map(({ incident }) => incident))).toEqual(new Set(all.map(({ incident }) => incident)));
        }
      }),
      { numRuns: 400 },
    );
  });

  it('in every order, when each message fails once', async () => {
    const kinds = ['opened', 'resolved', 'opened', 'resolved', 'opened'] as const;
    const all = notificationsOf(kinds);
    for (const way of permutations(order(kinds)))
      for (const fates of [[], ['refused'], ['refused', 'refused', 'refused']] as Outcome[][]) {
        const shown = await play(
          'ml-alerts',
          way.map((at) => all[at]!),
          fates,
        );
        expect([way, shownAfter(shown.at(-1)?.kind)]).toEqual([way, 'open']);
      }
  });
});

function permutations(of: readonly number[]): number[][] {
  if (of.length === 0) return [[]];
  return of.flatMap((first) => permutations(of.filter((one) => one !== first)).map((rest) => [first, ...rest]));
}
