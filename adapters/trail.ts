import { AsyncLocalStorage } from 'node:async_hooks';
import type { Context } from 'aws-lambda';
import { clip } from '../core/delivery/clean-text.ts';
import type { Send } from '../core/delivery/send.ts';
import type { ExecutionHistory } from '../core/history/execution-history.ts';
import type { Group, OutboxEntry } from '../core/incidents/group.ts';
import type { Groups, IncidentArchive, NotificationPublisher } from '../core/incidents/ports.ts';
import { logger } from './powertools.ts';

// The trail of an alert in the logs: ports that leave a line when something happened that people look for. Each line has
// `what` for programs, a sentence for people, and the correlation id of its path. Docs: docs/guides/operations.md.

/** A path through one invocation: what it began with, and the incident that it turned out to be about. */
interface Path {
  readonly beginning: string;
  incident?: string | undefined;
}

/** Messages of a batch may be handled at the same time, each on a path of its own. */
const paths = new AsyncLocalStorage<Path>();

/**
 * Does work on a path of its own: an invocation of a schedule, or one message of a batch.
 * @param id the correlation id of its lines until an incident is known
 */
export function onTrail<T>(
  id: string,
  context: Partial<Pick<Context, 'awsRequestId'>>,
  work: () => Promise<T>,
): Promise<T> {
  logger.setCorrelationId(id);
  // Lambda's own lines (an uncaught error, a timeout) know only this one.
  logger.appendKeys({ requestId: context.awsRequestId });
  return paths.run({ beginning: id }, work);
}

/** From here on lines bear the id of the incident. */
function follow(incident: string | undefined): void {
  const path = paths.getStore();
  if (path) path.incident = incident;
}

/** Writes a line of the path at hand. */
export function log(level: 'info' | 'warn' | 'error', message: string, line: Record<string, unknown>): void {
  const path = paths.getStore();
  if (path) logger.setCorrelationId(path.incident ?? path.beginning);
  logger[level](message, line);
}

/** History that leaves a line for each run of a check. */
export const loggedHistory = (history: Pick<ExecutionHistory, 'record'>): Pick<ExecutionHistory, 'record'> => ({
  record: async (run) => {
    await history.record(run);
    const seconds = (run.finishedAt - run.startedAt) / 1000;
    const line = { what: 'run', check: run.kind, target: run.target, outcome: run.outcome, seconds };
    if (run.error) log('info', clip(run.error.message, 500), { ...line, errorClass: run.error.class });
    else log('info', `${run.target} is ok`, line);
  },
});

/** Groups whose incident the lines follow, and that leave a line for a signal that came too late or twice. */
export function loggedGroups(groups: Groups): Groups {
  let before: Group | undefined;
  return {
    load: async (key) => {
      before = await groups.load(key);
      follow(before && incidentOf(before));
      return before;
    },
    save: async (group) => {
      const saved = await groups.save(group);
      if (!saved) return saved;
      const incident = incidentOf(group);
      if (incident) follow(incident);
      if (before?.key === group.key && timesIgnored(group) > timesIgnored(before))
        log('info', 'a signal came too late or twice and changes nothing', { what: 'ignored', group: group.key });
      return saved;
    },
    due: (now) => groups.due(now),
    open: () => groups.open(),
  };
}

const timesIgnored = ({ members }: Group) => Object.values(members).reduce((sum, { ignored }) => sum + ignored, 0);

/** The open incident, or the one that was closed last and of which something is still owed. */
function incidentOf({ incident, outbox }: Group): string | undefined {
  const owed = outbox.at(-1);
  return incident?.id ?? (owed && incidentOwed(owed));
}

function incidentOwed(owed: OutboxEntry): string {
  switch (owed.owes) {
    case 'notification':
      return owed.notification.incident;
    case 'timeline':
      return owed.entry.incident;
    case 'record':
      return owed.closed.incident;
  }
}

/**
 * An archive that leaves a line for each entry of a timeline: opened, reminded, resolved, delivered, superseded. The
 * timeline is written from the outbox, so that what a crash delayed is logged by the process that publishes it.
 */
export const loggedArchive = (archive: IncidentArchive): IncidentArchive => ({
  addToTimeline: async (entry) => {
    await archive.addToTimeline(entry);
    log('info', entry.detail, { what: entry.what, incident: entry.incident });
  },
  recordClosed: (closed) => archive.recordClosed(closed),
  find: (incident) => archive.find(incident),
  timeline: (incident) => archive.timeline(incident),
  closed: (range) => archive.closed(range),
});

/** A publisher that leaves a line for each notification. */
export const loggedPublisher = (publisher: NotificationPublisher): NotificationPublisher => ({
  publish: async (notification) => {
    await publisher.publish(notification);
    const { id, incident, channel, kind } = notification;
    log('info', `notified ${channel}: ${kind}`, { what: 'published', incident, notification: id, channel, kind });
  },
});

/** A way of sending that leaves a line before each attempt: what comes of it may never be known. */
export const loggedSend =
  <Settings>(send: Send<Settings>): Send<Settings> =>
  async (notification, settings, reached) => {
    const { id, incident, channel, kind } = notification;
    log('info', `sending ${kind} to ${channel}`, { what: 'attempt', incident, notification: id, channel, kind });
    return send(notification, settings, reached);
  };
