import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  claimLane,
  type Lane,
  lane as laneSchema,
  receiptsKept,
  releaseLane,
  settleLane,
} from '../../../core/delivery/lane.ts';
import type { Receipt } from '../../../events/receipt.ts';

const receipt = (sequence: number, outcome: Receipt['outcome']): Receipt => ({
  notification: `inc-1/${sequence}`,
  incident: 'inc-1',
  group: 'g',
  channel: 'ml-alerts',
  sequence,
  outcome,
  at: 0,
  attempts: 1,
});
const delivery = (sequence: number) =>
  ({ group: 'g', incident: 'inc-1', channel: 'ml-alerts', sequence, kind: 'opened' }) as const;
const owners = ['a', 'b', 'c'];

describe('a lane', () => {
  it('remembers a bounded number of receipts and no attempts that are over', () => {
    let lane: Lane | undefined;
    for (let sequence = 1; sequence <= 100; sequence++) {
      lane = claimLane(lane, delivery(sequence), { owner: 'a', now: 0, until: 1 }).next ?? lane;
      lane = settleLane(lane, receipt(sequence, 'delivered'));
    }
    expect(lane?.receipts.map((r) => r.sequence)).toEqual(Array.from({ length: receiptsKept }, (_, i) => 81 + i));
    expect(lane?.attempts).toEqual({});
    expect(lane?.delivered).toBe(100);
  });

  it('in any order of deliveries, crashes and redeliveries is held by one at a time and never goes back', () => {
    const step = fc.record({
      owner: fc.constantFrom(...owners),
      sequence: fc.integer({ min: 1, max: 4 }),
      end: fc.constantFrom('settle', 'release', 'crash'),
      wait: fc.integer({ min: 0, max: 15 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const sent: number[] = [];
        let lane: Lane | undefined;
        let now = 0;
        for (const { owner, sequence, end, wait } of steps) {
          now += wait;
          const held = lane?.lease && lane.lease.until > now ? lane.lease : undefined;
          const { answer, next } = claimLane(lane, delivery(sequence), { owner, now, until: now + 10 });
          expect(answer.lease === 'leased').toBe(next !== undefined);
          if (answer.lease === 'superseded') lane = settleLane(lane, receipt(sequence, 'superseded')) ?? lane;
          if (!next) continue;
          // Nobody is let in beside another who holds an unexpired lease.
          expect(held === undefined || held.owner === owner).toBe(true);
          expect(next.version).toBe((lane?.version ?? 0) + 1);
          lane = next;
          if (end === 'settle') {
            sent.push(sequence);
            lane = settleLane(lane, receipt(sequence, 'delivered')) ?? lane;
          }
          if (end === 'release') lane = releaseLane(lane, delivery(sequence), owner) ?? lane;
          expect(laneSchema.safeEncode(lane).success).toBe(true);
        }
        // What was delivered was delivered once, and each later word after the earlier ones.
        expect(sent).toEqual([...new Set(sent)].sort((one, other) => one - other));
      }),
    );
  });
});
