import { beforeEach, describe, expect, it } from 'vitest';
import { findIncident } from '../../../core/incidents/find-incident.ts';
import { aGroup, anIncident } from '../../support/a-group.ts';
import { type IncidentWorld, incidentWorld } from '../../support/incident-world.ts';

const minute = 60_000;
let given: IncidentWorld;
beforeEach(() => {
  given = incidentWorld();
});
const idOf = async () => (await given.groups.load(given.alarm))!.incident!.id;

describe('an incident that is looked up by its id', () => {
  it('is found while it is open, and when it is closed', async () => {
    await given.signal('ALARM');
    const id = await idOf();
    expect(await findIncident(given, id)).toMatchObject({
      state: 'open',
      group: { key: given.alarm },
      incident: { id },
    });
    given.now += minute;
    await given.signal('OK');
    expect(await findIncident(given, id)).toMatchObject({
      state: 'closed',
      closed: { incident: id, how: 'resolved', closedAt: given.now },
    });
  });

  it('is found by the incident’s own id, not by that of the next one of its group', async () => {
    await given.signal('ALARM');
    const first = await idOf();
    given.now += minute;
    await given.signal('OK');
    given.now += minute;
    await given.signal('ALARM');
    expect(await findIncident(given, first)).toMatchObject({ state: 'closed', closed: { incident: first } });
    expect(await findIncident(given, await idOf())).toMatchObject({ state: 'open' });
  });

  it('is found when its record is still in the outbox', async () => {
    await given.signal('ALARM');
    const id = await idOf();
    given.now += minute;
    given.publisherIsDown = true;
    await expect(given.signal('OK')).rejects.toThrow('SNS does not answer');
    expect(await findIncident(given, id)).toMatchObject({ state: 'closed', closed: { incident: id } });
  });

  it('is found when nothing of its timeline is written yet', async () => {
    given.publisherIsDown = true;
    await expect(given.signal('ALARM')).rejects.toThrow('SNS does not answer');
    expect(await findIncident(given, await idOf())).toMatchObject({ state: 'open', group: { key: given.alarm } });
  });

  it('is found when version 0.1 opened it, whose timelines do not name the group', async () => {
    const incident = anIncident('2026-11-21T02:00:00Z');
    await given.groups.save(aGroup({ incident }));
    const entry = { incident: incident.id, at: given.now, sequence: '000001-opened', what: 'opened', detail: '' };
    await given.archive.addToTimeline(entry);
    expect(await findIncident(given, incident.id)).toMatchObject({ state: 'open', incident });
  });

  it('is undefined when there is none', async () => {
    await given.signal('ALARM');
    expect(await findIncident(given, 'inc-000000000000')).toBeUndefined();
  });
});
