import type { Group, Member } from './group.ts';

/** How long the sweep leaves a fresh outbox to the one who wrote it. */
const outboxGraceSeconds = 30;

/** A group of which nothing is known yet. */
export const newGroup = (key: string): Group => ({ key, version: 0, members: {}, lastSequence: 0, outbox: [] });

/** The group with what is known of a member. */
export const withMember = (group: Group, name: string, member: Member, now: number): Group =>
  written({ ...group, members: { ...group.members, [name]: member } }, now);

/** The group with a member's signal counted as one that came too late or twice. */
export const ignored = (group: Group, key: string, known: Member, now: number): Group =>
  withMember(group, key, { ...known, ignored: known.ignored + 1 }, now);

/** Sets when the sweep must look at the group next. The version is the writer's affair: see update-group.ts. */
export function written(group: Group, now: number): Group {
  const due = [
    group.outbox.length > 0 ? now + outboxGraceSeconds * 1000 : undefined,
    group.incident?.remindAt,
    group.incident?.tellNoDataAt,
    group.incident?.recheckAt,
    group.incident?.closeAt,
    group.incident?.inhibited?.tellAt,
  ];
  const moments = due.filter((moment) => moment !== undefined);
  return { ...group, dueAt: moments.length > 0 ? Math.min(...moments) : undefined };
}
