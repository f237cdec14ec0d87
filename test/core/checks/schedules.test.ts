import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignmentsOf, scheduleOf, schedulesOf, targetsOf } from '../../../core/checks/schedules.ts';
import type { Target } from '../../../core/definition/document.ts';
import { consistentShardOf } from '../../../core/stable-hash.ts';
import { aDocument, servicesNamed } from '../../support/a-document.ts';

const service = aDocument({ services: servicesNamed(['any']) }).targets[0]!;
const fleet = (names: readonly string[]): { targets: Target[] } => ({
  targets: names.map((name) => ({ ...service, name })),
});
const names = (count: number) => Array.from({ length: count }, (_, i) => `service-${i}`);
const shardsOf = (document: { targets: Target[] }) =>
  new Map(
    assignmentsOf(document).flatMap(({ schedule, targets }) =>
      targets.map(({ name }) => [name, schedule.shard] as const),
    ),
  );

describe('shards', () => {
  it('contain each target once, in the schedule of its own tick', () => {
    const document = fleet(names(450));
    const assigned = assignmentsOf(document);
    expect(assigned.map(({ schedule }) => schedule.id)).toEqual(['health-60s-0', 'health-60s-1', 'health-60s-2']);
    expect(assigned.flatMap(({ targets }) => targets.map(({ name }) => name)).sort()).toEqual(names(450).sort());
    for (const { schedule, targets } of assigned) {
      expect(targetsOf(document, schedule)).toEqual(targets);
      expect(scheduleOf(document, schedule)).toEqual(schedule);
    }
  });

  it('do not change for other targets when a target is added or removed and the number of shards is the same', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 900 }), fc.string({ minLength: 1 }), (count, newcomer) => {
        fc.pre(Math.ceil(count / 200) === Math.ceil((count + 1) / 200) && !names(count).includes(newcomer));
        const before = shardsOf(fleet(names(count)));
        const after = shardsOf(fleet([...names(count), newcomer]));
        for (const [name, shard] of before) expect(after.get(name)).toBe(shard);
      }),
      { numRuns: 30 },
    );
  });

  it('move targets only to the new shard', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.integer({ min: 1, max: 100 }), (name, shards) => {
        const [before, after] = [consistentShardOf(name, shards), consistentShardOf(name, shards + 1)];
        expect(before).toBeLessThan(shards);
        expect([before, shards]).toContain(after);
      }),
    );
  });

  it('move about a sixth of 1,000 targets when the 1,001st needs a sixth shard', () => {
    const [before, after] = [shardsOf(fleet(names(1000))), shardsOf(fleet(names(1001)))];
    const moved = [...before].filter(([name, shard]) => after.get(name) !== shard).length;
    expect(moved).toBeGreaterThan(100);
    expect(moved).toBeLessThan(230);
  });

  it('have about the same size', () => {
    const sizes = assignmentsOf(fleet(names(2000))).map(({ targets }) => targets.length);
    expect(sizes).toHaveLength(10);
    expect(Math.max(...sizes)).toBeLessThan(250);
    expect(Math.min(...sizes)).toBeGreaterThan(150);
  });
});

it('a document without targets has no schedules', () => {
  expect(schedulesOf({ targets: [] })).toEqual([]);
  expect(assignmentsOf({ targets: [] })).toEqual([]);
});
