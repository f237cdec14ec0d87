import { MemoryChannelPauses } from '../../adapters/memory-channel-pauses.ts';
import { VirtualClock } from '../../adapters/virtual-clock.ts';
import { type DeliverPorts, deliver } from '../../core/delivery/deliver.ts';
import type { Deliveries, Lease, Unsettled } from '../../core/delivery/deliveries.ts';
import type { TimelineEntry } from '../../core/incidents/timeline.ts';
import type { Notification } from '../../events/notification.ts';
import type { Receipt } from '../../events/receipt.ts';
import { aNotification, wireOf } from './a-notification.ts';

/** When everything happens. */
export const start = Date.parse('2026-11-21T02:13:06.000Z');
/** A message of a notifier's queue. */
export const message = (body = wireOf(aNotification()), receives = 1) => ({ id: 'm-1', body, receives });

/** A notifier over a lane that answers what it is told and writes down what is asked of it. */
export function deliverWorld(options: { lease?: Lease; fails?: unknown; ports?: Partial<DeliverPorts> } = {}) {
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
