import type { Group } from './group.ts';
import type { Incident } from './incident.ts';
import type { Groups, IncidentArchive } from './ports.ts';
import type { ClosedIncident } from './timeline.ts';

/** An incident that was found by its id. */
export type FoundIncident =
  | { state: 'open'; group: Group; incident: Incident }
  | { state: 'closed'; closed: ClosedIncident };

/** Finds an open or closed incident by its id. Undefined when there is none, or its retention has ended. */
export async function findIncident(
  { groups, archive }: { groups: Pick<Groups, 'load' | 'open'>; archive: Pick<IncidentArchive, 'find'> },
  id: string,
): Promise<FoundIncident | undefined> {
  const archived = await archive.find(id);
  if (archived && 'closed' in archived) return closedAs(archived);
  if (!archived) return findAmongOpen(groups, id);
  const group = await groups.load(archived.group);
  const found = group && incidentIn(group, id);
  if (found) return found;
  // It may have closed between the two reads.
  const since = await archive.find(id);
  return since && 'closed' in since ? closedAs(since) : undefined;
}

/** Timelines of version 0.1 do not contain their group, and the first entry of a new one may still be in an outbox. */
async function findAmongOpen(groups: Pick<Groups, 'open'>, id: string): Promise<FoundIncident | undefined> {
  for await (const group of groups.open()) if (group.incident?.id === id) return incidentIn(group, id);
  return undefined;
}

const closedAs = ({ closed }: { closed: ClosedIncident }): FoundIncident => ({ state: 'closed', closed });

/** The incident in its group, while it is open or its record is still in the outbox. */
function incidentIn(group: Group, id: string): FoundIncident | undefined {
  if (group.incident?.id === id) return { state: 'open', group, incident: group.incident };
  for (const entry of group.outbox) if (entry.owes === 'record' && entry.closed.incident === id) return closedAs(entry);
  return undefined;
}
