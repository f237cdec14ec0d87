import type { Group } from '../../core/incidents/group.ts';
import type { Incident } from '../../core/incidents/incident.ts';

/** A group at its first version with nothing open and nothing due; say what is different. */
export const aGroup = (of: Partial<Group> = {}): Group => ({
  key: 'shop/prod/service/classifier/service-down',
  version: 1,
  members: {},
  incident: undefined,
  lastSequence: 1,
  outbox: [],
  dueAt: undefined,
  ...of,
});

/** An open incident. `openedAt` is ISO 8601. */
export const anIncident = (openedAt: string): Incident => ({
  id: `inc-${openedAt}`,
  openedAt: Date.parse(openedAt),
  subject: {
    incident: `inc-${openedAt}`,
    tier: 'critical',
    deployment: { name: 'shop', stage: 'prod', timeZone: 'Europe/Berlin' },
    target: { kind: 'service', name: 'classifier' },
    alarm: 'shop/prod/service/classifier/service-down',
    title: 'Service down',
    description: '',
    actions: ['Restart it.'],
    openedAt: Date.parse(openedAt),
  },
  audience: [{ channel: 'ml-alerts', channelKind: 'slack' }],
  remindEverySeconds: 3600,
  remindAt: Date.parse(openedAt) + 3_600_000,
  reminders: 0,
});
