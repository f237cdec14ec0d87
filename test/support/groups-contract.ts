import { describe, expect, it } from 'vitest';
import type { Groups } from '../../core/incidents/ports.ts';
import { aGroup, anIncident } from './a-group.ts';
import { collect } from './collect.ts';

/** What every store of groups does, whatever it keeps them in. */
export function groupsContract(make: () => Groups | Promise<Groups>): void {
  const noon = Date.parse('2026-11-21T12:00:00Z');

  describe('a store of groups', () => {
    it('gives a group back as it was saved', async () => {
      const groups = await make();
      const incident = anIncident('2026-11-21T02:13:04.123Z');
      const group = aGroup({
        members: { a: { state: 'ALARM', changedAt: noon, ignored: 2, seenRuns: ['run-1'] } },
        incident,
        outbox: [
          {
            owes: 'timeline',
            id: 't',
            entry: { incident: incident.id, at: noon, sequence: '1', what: 'opened', detail: '' },
          },
        ],
        dueAt: noon,
      });
      await groups.save(group);
      expect(await groups.load(group.key)).toEqual(group);
      expect(await groups.load('unheard-of')).toBeUndefined();
    });

    it.each([
      ['the first version of a new group', [], 1, true],
      ['the version after the saved one', [1], 2, true],
      ['the saved version once more', [1], 1, false],
      ['an older version', [1, 2, 3], 2, false],
      ['a version that skips one', [1], 3, false],
      ['a later version of a group that is not there', [], 2, false],
    ])('saving %s', async (_, before, version, saved) => {
      const groups = await make();
      for (const v of before) await groups.save(aGroup({ version: v }));
      expect(await groups.save(aGroup({ version, dueAt: noon }))).toBe(saved);
      expect((await groups.load(aGroup().key))?.version).toBe(saved ? version : before.at(-1));
      expect(await groups.due(noon)).toHaveLength(saved ? 1 : 0);
    });

    it('lets one of two writers of the same version win', async () => {
      const groups = await make();
      await groups.save(aGroup());
      const both = await Promise.all([1, 2].map((dueAt) => groups.save(aGroup({ version: 2, dueAt }))));
      expect(both.filter((won) => won)).toHaveLength(1);
      expect((await groups.load(aGroup().key))?.dueAt).toBe(both[0] ? 1 : 2);
    });

    it('lists what is due, the longest due first, until nothing is due any more', async () => {
      const groups = await make();
      // Enough of them that each partition of an index holds several.
      const keys = Array.from({ length: 20 }, (_, n) => `group-${n}`);
      for (const [n, key] of keys.entries()) await groups.save(aGroup({ key, dueAt: noon - n }));
      await groups.save(aGroup({ key: 'later', dueAt: noon + 1 }));
      await groups.save(aGroup({ key: 'never' }));
      expect((await groups.due(noon)).map(({ key }) => key)).toEqual([...keys].reverse());

      await groups.save(aGroup({ key: 'group-19', version: 2, dueAt: undefined }));
      await groups.save(aGroup({ key: 'group-18', version: 2, dueAt: noon + 1 }));
      expect((await groups.due(noon)).map(({ key }) => key)).toEqual(keys.slice(0, 18).reverse());
    });

    it('hands out what is due in bounded portions', async () => {
      const groups = await make();
      await Promise.all(Array.from({ length: 150 }, (_, n) => groups.save(aGroup({ key: `group-${n}`, dueAt: n }))));
      const portion = await groups.due(noon);
      expect(portion.length).toBeGreaterThan(50);
      expect(portion.length).toBeLessThanOrEqual(100);
    });

    it('lists groups with an open incident, the oldest first, until they are closed', async () => {
      const groups = await make();
      const days = ['20', '18', '19', '16', '17', '21'];
      for (const day of days) {
        await groups.save(aGroup({ key: day, incident: anIncident(`2026-11-${day}T00:00:00Z`) }));
      }
      await groups.save(aGroup({ key: 'quiet' }));
      await groups.save(aGroup({ key: '18', version: 2 }));
      expect((await collect(groups.open())).map(({ key }) => key)).toEqual(['16', '17', '19', '20', '21']);
    });
  });
}
