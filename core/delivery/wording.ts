import type { Notification } from '../../events/notification.ts';
import { formatDuration } from '../time/duration.ts';
import { inZone } from '../time/zone.ts';
import { cleanText, oneLine } from './clean-text.ts';

const targetLabels = { service: 'Service', batch: 'Batch job', volume: 'Volume' } as const;

/** The marks before a title, the kind before the tier: `RESOLVED`, `CRITICAL`. Mail filters depend on them. */
export function marksOf({ kind, tier }: Notification): string[] {
  const kindMarks = {
    opened: [],
    again: ['AGAIN'],
    reminder: ['REMINDER'],
    'no-data': ['NO DATA'],
    resolved: ['RESOLVED'],
    closed: ['CLOSED'],
    news: [],
  } as const satisfies Record<Notification['kind'], string[]>;
  return [...kindMarks[kind], tier.toUpperCase()];
}

/** The first line of a message: `[RESOLVED] [CRITICAL] classifier - Service down`. */
export const headlineOf = (notification: Notification): string =>
  `${marksOf(notification)
    .map((mark) => `[${mark}]`)
    .join(' ')} ${oneLine(notification.target.name)} - ${oneLine(notification.title)}`;

/** One sentence about the state of the incident, for every kind that needs it in addition to the description. */
function statusOf(notification: Notification): string | undefined {
  const lasted = formatDuration((notification.at - startOf(notification)) / 1000);
  switch (notification.kind) {
    case 'again':
      return 'The problem occurred again.';
    case 'reminder':
      return `Still open after ${lasted}.`;
    case 'no-data':
      return 'No data: the current state is unknown.';
    case 'resolved':
      // Unknown in a late notification: a later one stated when the incident ended.
      return notification.resolvedAt === undefined
        ? undefined
        : `Recovered after ${formatDuration(lastedSeconds(notification))}.`;
    case 'closed':
      return `Closed after ${lasted}: its rule was removed, so no recovery will be reported.`;
    case 'opened':
    case 'news':
      return undefined;
  }
}

/**
 * The text of a notification, in paragraphs: a remark about its delivery, the state of the incident, the problem, and the
 * error of the last failed check. When the incident is over, the description is quoted, because it no longer applies.
 */
export function paragraphsOf(notification: Notification): string[] {
  const description = cleanText(notification.description).trim();
  const cause = oneLine(notification.cause ?? '');
  const isOpen = requiresAction(notification);
  return [
    notification.remark,
    statusOf(notification),
    description && (isOpen ? description : `Original alert: ${description}`),
    cause && `${isOpen ? 'Last failed check' : 'Cause'}: ${cause}`,
  ].filter((part): part is string => Boolean(part));
}

/** A line of a message: a label with a text or a time, which each channel formats differently. */
export type Fact = { label: string } & ({ text: string } | { at: number });

/** The facts of a notification, in the order in which people need them. */
export function factsOf(notification: Notification): Fact[] {
  const { target, tier, value, threshold, kind, resolvedAt, down, at } = notification;
  return [
    { label: targetLabels[target.kind], text: target.name },
    { label: 'Severity', text: tier.toUpperCase() },
    ...(value === undefined ? [] : [{ label: 'Value', text: value }]),
    ...(threshold === undefined ? [] : [{ label: 'Threshold', text: threshold }]),
    { label: kind === 'news' ? 'Time' : 'Since', at: kind === 'news' ? at : startOf(notification) },
    ...(kind === 'resolved' && resolvedAt !== undefined
      ? [
          { label: 'Resolved', at: resolvedAt },
          { label: down ? 'Downtime' : 'Lasted', text: formatDuration(lastedSeconds(notification)) },
        ]
      : []),
  ];
}

/** Whether a notification has actions: all kinds except those of a closed incident. */
export const requiresAction = ({ kind }: Notification): boolean => kind !== 'resolved' && kind !== 'closed';

/** The sender of a notification: `tocsin-demo · dev`. */
export const signatureOf = ({ deployment }: Notification): string => `${deployment.name} · ${deployment.stage}`;

/** A time in the deployment's time zone and in UTC: `2026-11-21 03:13:04 Europe/Berlin (02:13:04 UTC)`. */
export function formatMoment(at: number, timeZone: string): string {
  const utc = inZone(at, 'UTC');
  if (timeZone === 'UTC') return `${utc} UTC`;
  const local = inZone(at, timeZone);
  const sameDay = local.slice(0, 10) === utc.slice(0, 10);
  return `${local} ${timeZone} (${sameDay ? utc.slice(11) : utc} UTC)`;
}

/** When the problem began, as far as is known. */
const startOf = ({ startedAt, openedAt }: Notification) => startedAt ?? openedAt;

const lastedSeconds = (notification: Notification) =>
  ((notification.resolvedAt ?? notification.at) - startOf(notification)) / 1000;
