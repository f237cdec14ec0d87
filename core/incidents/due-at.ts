import type { Group } from './group.ts';

/** How long the sweep leaves a fresh outbox to the process that wrote it. */
const outboxGraceSeconds = 30;

/**
 * When the sweep must check a group next: the first of all that is due, or shortly after `now` for an outbox that is not
 * empty. Undefined when nothing is.
 */
export function dueAtOf({ outbox, incident }: Pick<Group, 'outbox' | 'incident'>, now: number): number | undefined {
  const due = [
    outbox.length > 0 ? now + outboxGraceSeconds * 1000 : undefined,
    incident?.remindAt,
    incident?.tellNoDataAt,
    incident?.recheckAt,
    incident?.closeAt,
    incident?.inhibited?.tellAt,
  ].filter((moment) => moment !== undefined);
  return due.length > 0 ? Math.min(...due) : undefined;
}

/** Whether a moment has come. */
export const isDue = (at: number | undefined, now: number): boolean => at !== undefined && at <= now;
