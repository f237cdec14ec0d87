import type { Incident } from './incident.ts';

/** How long after "no data" people are notified of it, in seconds: the alarm on the check itself must have time to fire first. */
export const noDataNoticeSeconds = 180;

/** How often the values of an incident whose alarm became OK too early are checked, in seconds: at every sweep. */
export const recheckSeconds = 60;

/** The marks of an incident whose alarm has had no data since a given time. */
export const noDataMarks = (since: number, now: number) => ({
  noDataSince: since,
  tellNoDataAt: now + noDataNoticeSeconds * 1000,
});

/** The incident of an alarm that has data again. */
export const withoutNoData = ({ noDataSince: _, tellNoDataAt: __, ...incident }: Incident): Incident => incident;

/** The incident without the recheck of its values. */
export const withoutRecheck = ({ recheckAt: _, ...incident }: Incident): Incident => incident;
