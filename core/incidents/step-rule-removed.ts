import { closeIncident } from './close-incident.ts';
import type { Group } from './group.ts';
import type { StepContext } from './step-context.ts';

/** The rule or its alarm was removed: an open incident is closed, and its audience is notified once. */
export const stepRuleRemoved = (group: Group, { now }: StepContext): Group =>
  group.incident ? closeIncident(group, group.incident, { how: 'rule-removed', at: now, now }) : group;
