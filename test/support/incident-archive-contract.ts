import { describe, expect, it } from 'vitest';
import type { IncidentArchive } from '../../core/incidents/ports.ts';
import type { ClosedIncident, TimelineEntry } from '../../core/incidents/timeline.ts';
import { collect } from './collect.ts';
import { type HandClock, handClock } from './hand-clock.ts';

type Make = (options: { clock: HandClock; retentionDays: number }) => IncidentArchive | Promise<IncidentArchive>;

/** What every incident archive does, whatever it keeps things in. */
export function incidentArchiveContract(make: Make): void {
  const given = async () => {
    const clock = handClock('2026-11-21T12:00:00Z');
    return { clock, archive: await make({ clock, retentionDays: 15 }) };
  };
  const entry = (at: string, sequence = '1', what = 'opened'): TimelineEntry => ({
    incident: 'inc-1',
    at: Date.parse(at),
    sequence,
    what,
    detail: '',
  });
  const closed = (closedAt: string, of: Partial<ClosedIncident> = {}): ClosedIncident => ({
    incident: `inc-${closedAt}`,
    alarm: 'shop/prod/service/classifier/service-down',
    title: 'Service down',
    openedAt: Date.parse('2026-11-01T00:00:00Z'),
    closedAt: Date.parse(closedAt),
    how: 'resolved',
    reminders: 1,
    ...of,
  });

  describe('an incident archive', () => {
    it('returns the timeline of an incident, oldest first, without its record and other incidents', async () => {
      const { archive } = await given();
      const told = ['10:00', '10:01', '10:02', '10:03', '10:04', '10:05'].map((t) => entry(`2026-11-21T${t}:00Z`));
      for (const e of [...told].reverse()) await archive.addToTimeline(e);
      await archive.addToTimeline({ ...told[0]!, incident: 'inc-10' });
      await archive.recordClosed(closed('2026-11-21T10:06:00Z', { incident: 'inc-1' }));
      expect(await collect(archive.timeline('inc-1'))).toEqual(told);
    });

    it('finds an incident by its id: the group while it is open, then its record', async () => {
      const { archive } = await given();
      const group = 'shop/prod/service/classifier/service-down';
      expect(await archive.find('inc-1')).toBeUndefined();
      for (const minute of ['10:00', '10:01', '10:02'])
        await archive.addToTimeline({ ...entry(`2026-11-21T${minute}:00Z`), group });
      await archive.addToTimeline({ ...entry('2026-11-21T10:03:00Z'), incident: 'inc-2', group: 'another' });
      expect(await archive.find('inc-1')).toEqual({ group });

      const over = closed('2026-11-21T10:06:00Z', { incident: 'inc-1' });
      await archive.recordClosed(over);
      await archive.addToTimeline({ ...entry('2026-11-21T10:07:00Z', '2/ml-alerts', 'delivered'), group });
      expect(await archive.find('inc-1')).toEqual({ closed: over });
    });

    it('finds the group in any entry of a timeline that an earlier version began, or not at all', async () => {
      const { archive } = await given();
      const minutes = ['10:00', '10:01', '10:02', '10:03', '10:04', '10:05'].map((t) => `2026-11-21T${t}:00Z`);
      for (const minute of minutes) await archive.addToTimeline(entry(minute));
      expect(await archive.find('inc-1')).toBeUndefined();
      await archive.addToTimeline({ ...entry('2026-11-21T09:00:00Z'), group: 'a-group' });
      expect(await archive.find('inc-1')).toEqual({ group: 'a-group' });
    });

    it('orders what happened in one moment by its sequence', async () => {
      const { archive } = await given();
      const moment = '2026-11-21T10:00:00Z';
      for (const sequence of ['b', 'c', 'a']) await archive.addToTimeline(entry(moment, sequence));
      expect((await collect(archive.timeline('inc-1'))).map((e) => e.sequence)).toEqual(['a', 'b', 'c']);
    });

    it('accepts every write twice, because an outbox may repeat it', async () => {
      const { archive } = await given();
      const over = closed('2026-11-21T10:00:00Z');
      for (const _ of ['once', 'again']) {
        await archive.addToTimeline(entry('2026-11-21T10:00:00Z'));
        await archive.recordClosed(over);
      }
      expect(await collect(archive.timeline('inc-1'))).toHaveLength(1);
      expect(await collect(archive.closed({ days: 1 }))).toEqual([over]);
    });

    it('lists closed incidents of the last days, newest first, across midnight', async () => {
      const { archive } = await given();
      const moments = [
        '2026-11-19T11:59:59.999Z',
        '2026-11-19T12:00:00Z',
        '2026-11-20T23:59:59.999Z',
        '2026-11-21T00:00:00Z',
      ];
      for (const moment of moments) await archive.recordClosed(closed(moment));
      const found = await collect(archive.closed({ days: 2 }));
      expect(found.map((c) => c.incident)).toEqual(
        moments
          .slice(1)
          .reverse()
          .map((m) => `inc-${m}`),
      );
    });

    it('reads on over as many pages as the answer takes', async () => {
      const { archive } = await given();
      const minutes = Array.from({ length: 23 }, (_, m) => `2026-11-21T10:${String(m).padStart(2, '0')}:00.000Z`);
      for (const minute of minutes) await archive.recordClosed(closed(minute));
      expect(await collect(archive.closed({ days: 1 }))).toEqual(minutes.map((m) => closed(m)).reverse());
    });

    it('no longer shows what is past its retention', async () => {
      const { archive, clock } = await given();
      await archive.addToTimeline(entry('2026-11-06T12:00:00Z'));
      await archive.recordClosed(closed('2026-11-06T12:00:00Z'));
      const shown = async () => [
        ...(await collect(archive.timeline('inc-1'))),
        ...(await collect(archive.closed({ days: 90 }))),
      ];
      clock.set('2026-11-21T11:59:59.999Z');
      expect(await shown()).toHaveLength(2);
      expect(await archive.find('inc-2026-11-06T12:00:00Z')).toBeDefined();
      clock.set('2026-11-21T12:00:00Z');
      expect(await shown()).toEqual([]);
      expect(await archive.find('inc-2026-11-06T12:00:00Z')).toBeUndefined();
    });
  });
}
