import { closeIncident } from './close-incident.ts';
import type { Group } from './group.ts';
import type { StepContext } from './step-context.ts';

/** The rule or its alarm is gone: an open incident is closed, and people are notified once that no more will follow. */
export const stepRuleRemoved = (group: Group, { now }: StepContext): Group =>
  group.incident ? closeIncident(group, group.incident, { how: 'rule-removed', at: now, now }) : group;
