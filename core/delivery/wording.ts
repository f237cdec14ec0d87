import type { Notification } from '../../events/notification.ts';
import { sayDuration } from '../time/duration.ts';
import { inZone } from '../time/zone.ts';
import { cleanText, oneLine } from './clean-text.ts';

const targetLabels = { service: 'Service', batch: 'Batch job', volume: 'Volume' } as const;

/** The words in front of a title, the kind before the tier: `RESOLVED`, `CRITICAL`. Mail filters rely on them. */
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

/** One sentence on where the incident stands, for every kind that needs one beside its description. */
function standOf(notification: Notification): string | undefined {
  const lasted = sayDuration((notification.at - notification.openedAt) / 1000);
  switch (notification.kind) {
    case 'again':
      return 'It happened once more.';
    case 'reminder':
      return `Still open after ${lasted}.`;
    case 'no-data':
      return 'No data arrives any more, so whether it is still broken cannot be seen.';
    case 'resolved':
      return `Recovered after ${sayDuration(lastedSeconds(notification))}.`;
    case 'closed':
      return `Closed after ${lasted}: nothing watches this any more, so no recovery will be reported.`;
    case 'opened':
    case 'news':
      return undefined;
  }
}

/** What a notification tells, in paragraphs. When it is over the description is quoted: it speaks of what no longer is. */
export function toldOf(notification: Notification): string[] {
  const description = cleanText(notification.description).trim();
  const quoted = asksForAction(notification) ? description : `The alert was: ${description}`;
  return [standOf(notification), description && quoted].filter((part): part is string => Boolean(part));
}

/** A line of a message: a label with a text or with a moment, which each channel writes in its own way. */
export type Fact = { label: string } & ({ text: string } | { at: number });

/** The facts of a notification, in the order in which people look for them. */
export function factsOf(notification: Notification): Fact[] {
  const { target, tier, value, threshold, kind, openedAt, at } = notification;
  return [
    { label: targetLabels[target.kind], text: target.name },
    { label: 'Severity', text: tier.toUpperCase() },
    ...(value === undefined ? [] : [{ label: 'Value', text: value }]),
    ...(threshold === undefined ? [] : [{ label: 'Threshold', text: threshold }]),
    { label: kind === 'news' ? 'Time' : 'Since', at: kind === 'news' ? at : openedAt },
    ...(kind === 'resolved'
      ? [
          { label: 'Resolved', at: notification.resolvedAt ?? at },
          {
            label: target.kind === 'service' ? 'Downtime' : 'Lasted',
            text: sayDuration(lastedSeconds(notification)),
          },
        ]
      : []),
  ];
}

/** What to do is told while there is something to do. */
export const asksForAction = ({ kind }: Notification): boolean => kind !== 'resolved' && kind !== 'closed';

/** `tocsin-demo · dev`: who speaks. */
export const signatureOf = ({ deployment }: Notification): string => `${deployment.name} · ${deployment.stage}`;

/** A moment in the deployment's time zone and in UTC: `2026-11-21 03:13:04 Europe/Berlin (02:13:04 UTC)`. */
export function sayMoment(at: number, timeZone: string): string {
  const utc = inZone(at, 'UTC');
  if (timeZone === 'UTC') return `${utc} UTC`;
  const local = inZone(at, timeZone);
  const sameDay = local.slice(0, 10) === utc.slice(0, 10);
  return `${local} ${timeZone} (${sameDay ? utc.slice(11) : utc} UTC)`;
}

const lastedSeconds = ({ resolvedAt, at, openedAt }: Notification) => ((resolvedAt ?? at) - openedAt) / 1000;
