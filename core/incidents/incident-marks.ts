import type { Incident } from './incident.ts';

/** How long after "no data" people are notified of it: the alarm of our own check must have had time to explain it. */
export const noDataNoticeSeconds = 180;

/** How often the values of an incident whose alarm became OK too early are checked: as often as the sweep comes. */
export const recheckSeconds = 60;

/** Marks an incident whose alarm has no data since a moment. */
export const noDataMarks = (since: number, now: number) => ({
  noDataSince: since,
  tellNoDataAt: now + noDataNoticeSeconds * 1000,
});

/** The incident of an alarm that has data again. */
export const withoutNoData = ({ noDataSince: _, tellNoDataAt: __, ...incident }: Incident): Incident => incident;

/** The incident whose values are not checked any more. */
export const withoutRecheck = ({ recheckAt: _, ...incident }: Incident): Incident => incident;
