import type { Group } from './group.ts';

/** How long the sweep waits for the process that wrote an outbox to publish it, in seconds. */
const outboxGraceSeconds = 30;

/**
 * When the sweep must process a group next: the earliest due time of its incident, or shortly after `now` if its outbox is
 * not empty. Undefined when nothing is due.
 */
export function dueAtOf({ outbox, incident }: Pick<Group, 'outbox' | 'incident'>, now: number): number | undefined {
  const due = [
    outbox.length > 0 ? now + outboxGraceSeconds * 1000 : undefined,
    incident?.remindAt,
    incident?.tellNoDataAt,
    incident?.recheckAt,
    incident?.closeAt,
    incident?.inhibited?.tellAt,
  ].filter((time) => time !== undefined);
  return due.length > 0 ? Math.min(...due) : undefined;
}

/** Whether a time has been reached. */
export const isDue = (at: number | undefined, now: number): boolean => at !== undefined && at <= now;
