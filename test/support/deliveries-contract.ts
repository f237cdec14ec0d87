import { describe, expect, it } from 'vitest';
import type { Deliveries } from '../../core/delivery/deliveries.ts';
import type { Receipt } from '../../events/receipt.ts';

const noon = Date.parse('2026-11-21T12:00:00Z');
const leaseMs = 120_000;

const delivery = (sequence: number, channel = 'ml-alerts') =>
  ({ group: 'g', incident: 'inc-1', channel, sequence, kind: 'opened' }) as const;
/** A lease that nothing is known of before. */
const leased = { lease: 'leased', attempts: 1, mayRepeat: false, reached: [] };
const claim = (owner: string, now = noon) => ({ owner, now, until: now + leaseMs });
const receipt = (sequence: number, of: Partial<Receipt> = {}): Receipt => ({
  notification: `inc-1/${sequence}`,
  incident: 'inc-1',
  group: 'g',
  channel: 'ml-alerts',
  sequence,
  outcome: 'delivered',
  at: noon,
  attempts: 1,
  proof: 'ok',
  ...of,
});

/** What every store of deliveries does, whatever it keeps them in. */
export function deliveriesContract(make: () => Deliveries | Promise<Deliveries>): void {
  describe('a store of deliveries', () => {
    it('leases a lane, and a second time only to the same owner', async () => {
      const deliveries = await make();
      expect(await deliveries.lease(delivery(1), claim('a'))).toEqual(leased);
      expect(await deliveries.lease(delivery(1), claim('b'))).toEqual({ lease: 'busy', until: noon + leaseMs });
      expect(await deliveries.lease(delivery(1), claim('a'))).toEqual({ ...leased, attempts: 2, mayRepeat: true });
    });

    it('gives the lane to one of several that ask at once', async () => {
      const deliveries = await make();
      const owners = ['a', 'b', 'c', 'd'];
      const answers = await Promise.all(owners.map((owner) => deliveries.lease(delivery(1), claim(owner))));
      expect(answers.map((answer) => answer.lease).sort()).toEqual(['busy', 'busy', 'busy', 'leased']);
    });

    it('lets no notification of an incident overtake one that is being sent', async () => {
      const deliveries = await make();
      await deliveries.lease(delivery(1), claim('a'));
      expect(await deliveries.lease(delivery(2), claim('b'))).toMatchObject({ lease: 'busy' });
      expect(await deliveries.lease(delivery(2, 'ml-team'), claim('b'))).toMatchObject({ lease: 'leased' });
      await deliveries.settle(receipt(1));
      expect(await deliveries.lease(delivery(2), claim('b'))).toEqual(leased);
    });

    it('ends a delivery with its receipt', async () => {
      const deliveries = await make();
      await deliveries.lease(delivery(1), claim('a'));
      await deliveries.settle(receipt(1));
      expect(await deliveries.lease(delivery(1), claim('a'))).toMatchObject({ lease: 'delivered' });
      await deliveries.settle(receipt(1));
      expect(await deliveries.lease(delivery(1), claim('b'))).toMatchObject({ lease: 'delivered' });
    });

    it('supersedes what comes after a later notification was delivered', async () => {
      const deliveries = await make();
      await deliveries.lease(delivery(3), claim('a'));
      await deliveries.settle(receipt(3));
      expect(await deliveries.lease(delivery(2), claim('b'))).toEqual({ lease: 'superseded' });
      await deliveries.settle(receipt(2, { outcome: 'superseded', proof: undefined }));
      expect(await deliveries.lease(delivery(2), claim('b'))).toMatchObject({ lease: 'delivered' });
      expect(await deliveries.lease(delivery(4), claim('b'))).toEqual(leased);
    });

    it('delivers the first notification of an incident late, and only that, when a newer incident was delivered first', async () => {
      const deliveries = await make();
      const newer = { group: 'g', incident: 'inc-2', channel: 'ml-alerts', sequence: 3, kind: 'opened' } as const;
      await deliveries.lease(newer, claim('a'));
      await deliveries.settle(receipt(3, { incident: 'inc-2', kind: 'opened' }));
      expect(await deliveries.lease(delivery(2), claim('b'))).toEqual({ ...leased, late: 'open' });
      await deliveries.settle(receipt(2));
      expect(await deliveries.lease(delivery(1), claim('c'))).toEqual({ lease: 'superseded' });
      expect(await deliveries.lease({ ...newer, sequence: 4 }, claim('d'))).toMatchObject({
        lease: 'leased',
        late: undefined,
      });
    });

    it('a receipt that says superseded does not count as the later word', async () => {
      const deliveries = await make();
      await deliveries.settle(receipt(5, { outcome: 'superseded', proof: undefined }));
      expect(await deliveries.lease(delivery(4), claim('a'))).toMatchObject({ lease: 'leased' });
    });

    it.each([
      ['just before it expires', leaseMs - 1, 'busy'],
      ['when it expires', leaseMs, 'leased'],
    ])("stands behind another's lease only until it expires: %s", async (_, later, lease) => {
      const deliveries = await make();
      await deliveries.lease(delivery(1), claim('a'));
      expect(await deliveries.lease(delivery(1), claim('b', noon + later))).toMatchObject({ lease });
    });

    it('counts the attempts of each notification across owners and releases', async () => {
      const deliveries = await make();
      for (const [owner, attempts] of [
        ['a', 1],
        ['b', 2],
        ['c', 3],
      ] as const) {
        expect(await deliveries.lease(delivery(1), claim(owner))).toEqual({ ...leased, attempts });
        await deliveries.release(delivery(1), owner);
      }
      expect(await deliveries.lease(delivery(2), claim('d'))).toEqual(leased);
      await deliveries.release(delivery(2), 'd');
      expect(await deliveries.lease(delivery(1), claim('e'))).toEqual({ ...leased, attempts: 4 });
    });

    it.each([
      ['by another owner', delivery(1), 'b'],
      ['for another notification', delivery(2), 'a'],
    ])('is not released %s', async (_, of, owner) => {
      const deliveries = await make();
      await deliveries.lease(delivery(1), claim('a'));
      await deliveries.release(of, owner);
      expect(await deliveries.lease(delivery(3), claim('c'))).toMatchObject({ lease: 'busy' });
    });

    it('keeps the receipt of one whose lease expired meanwhile, and leaves the new lease alone', async () => {
      const deliveries = await make();
      await deliveries.lease(delivery(1), claim('slow'));
      const late = noon + leaseMs;
      await deliveries.lease(delivery(2), claim('next', late));
      await deliveries.settle(receipt(1, { at: late + 1 }));
      expect(await deliveries.lease(delivery(1), claim('c', late + 1))).toMatchObject({ lease: 'delivered' });
      expect(await deliveries.lease(delivery(3), claim('c', late + 1))).toMatchObject({ lease: 'busy' });
    });

    it.each([
      ['after "resolved": nothing is open', 'resolved', 'over'],
      ['after "opened": something newer is open', 'opened', 'open'],
      ['after a reminder: something newer is open', 'reminder', 'open'],
      ['after a notification of a version that did not say: as if something were open', undefined, 'open'],
    ] as const)('says what the channel shows to one that comes late: %s', async (_, kind, late) => {
      const deliveries = await make();
      await deliveries.settle(receipt(4, { incident: 'inc-2', kind }));
      expect(await deliveries.lease(delivery(1), claim('a'))).toEqual({ ...leased, late });
    });

    it('voids the leases of processes that have ended, for the one process that owns the store', async () => {
      const deliveries = await make();
      await deliveries.lease(delivery(1), claim('before/m-1'));
      await deliveries.lease(delivery(2, 'ml-team'), claim('now/m-2'));
      const now = { ...claim('now/m-9'), soleProcess: 'now/' };
      expect(await deliveries.lease(delivery(1), now)).toEqual({ ...leased, attempts: 2, mayRepeat: true });
      expect(await deliveries.lease(delivery(3, 'ml-team'), now)).toMatchObject({ lease: 'busy' });
    });

    it.each([
      ['whose lease was never given back', undefined, true],
      ['that was sent and got no answer', { mayHaveArrived: true }, true],
      ['that was refused', {}, false],
    ])('knows that a notification may be a duplicate after an attempt %s', async (_, attempt, mayRepeat) => {
      const deliveries = await make();
      await deliveries.lease(delivery(1), claim('a'));
      if (attempt) await deliveries.release(delivery(1), 'a', attempt);
      const next = await deliveries.lease(delivery(1), claim('b', noon + leaseMs));
      expect(next).toMatchObject({ lease: 'leased', mayRepeat });
      await deliveries.settle(receipt(1));
      expect(await deliveries.lease(delivery(2), claim('b', noon + leaseMs))).toMatchObject({ mayRepeat: false });
    });

    it('remembers whom a notification reached, until all have it', async () => {
      const deliveries = await make();
      await deliveries.lease(delivery(1), claim('a'));
      await deliveries.release(delivery(1), 'a', { reached: ['one@example.com'] });
      expect(await deliveries.lease(delivery(1), claim('b'))).toEqual({
        ...leased,
        attempts: 2,
        reached: ['one@example.com'],
      });
      await deliveries.release(delivery(1), 'b', { reached: ['two@example.com'] });
      expect(await deliveries.lease(delivery(1), claim('c'))).toMatchObject({
        reached: ['one@example.com', 'two@example.com'],
      });
      await deliveries.settle(receipt(1));
      expect(await deliveries.lease(delivery(1), claim('d'))).toMatchObject({ lease: 'delivered' });
    });

    it('treats a partly delivered notification as the latest: nothing older follows it', async () => {
      const deliveries = await make();
      await deliveries.settle(receipt(1, { kind: 'opened' }));
      await deliveries.lease({ ...delivery(3), kind: 'resolved' }, claim('a'));
      await deliveries.release({ ...delivery(3), kind: 'resolved' }, 'a', { reached: ['one@example.com'] });
      expect(await deliveries.lease(delivery(2), claim('b'))).toEqual({ lease: 'superseded' });
    });

    it('releasing without a lease changes nothing', async () => {
      const deliveries = await make();
      await deliveries.release(delivery(1), 'a');
      expect(await deliveries.lease(delivery(1), claim('a'))).toEqual(leased);
    });
  });
}
