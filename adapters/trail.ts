import { AsyncLocalStorage } from 'node:async_hooks';
import type { Context } from 'aws-lambda';
import { clip } from '../core/delivery/clean-text.ts';
import type { Send } from '../core/delivery/send.ts';
import type { ExecutionHistory } from '../core/history/execution-history.ts';
import type { Group, OutboxEntry } from '../core/incidents/group.ts';
import type { Groups, IncidentArchive, NotificationPublisher } from '../core/incidents/ports.ts';
import { logger } from './powertools.ts';

// Logging of the alert path: decorators of ports that log each step. Each line has `what` for programs, a sentence for
// people, and a correlation id. Docs: docs/guides/operations.md.

/** The correlation of one path through an invocation: its initial id, and its incident as soon as that is known. */
interface Path {
  readonly beginning: string;
  incident?: string | undefined;
}

/** Messages of a batch may be handled concurrently, each with its own correlation id. */
const paths = new AsyncLocalStorage<Path>();

/**
 * Runs work with its own correlation id: an invocation of a schedule, or one message of a batch.
 * @param id the correlation id of its log lines until an incident is known
 */
export function onTrail<T>(
  id: string,
  context: Partial<Pick<Context, 'awsRequestId'>>,
  work: () => Promise<T>,
): Promise<T> {
  logger.setCorrelationId(id);
  // Lambda's own lines (an uncaught error, a timeout) have only the request id.
  logger.appendKeys({ requestId: context.awsRequestId });
  return paths.run({ beginning: id }, work);
}

/** Sets the incident whose id all following lines have as correlation id. */
function follow(incident: string | undefined): void {
  const path = paths.getStore();
  if (path) path.incident = incident;
}

/** Writes a log line with the correlation id of the current path. */
export function log(level: 'info' | 'warn' | 'error', message: string, line: Record<string, unknown>): void {
  const path = paths.getStore();
  if (path) logger.setCorrelationId(path.incident ?? path.beginning);
  logger[level](message, line);
}

/** A history that logs each run of a check. */
export const loggedHistory = (history: Pick<ExecutionHistory, 'record'>): Pick<ExecutionHistory, 'record'> => ({
  record: async (run) => {
    await history.record(run);
    const seconds = (run.finishedAt - run.startedAt) / 1000;
    const line = { what: 'run', check: run.kind, target: run.target, outcome: run.outcome, seconds };
    if (run.error) log('info', clip(run.error.message, 500), { ...line, errorClass: run.error.class });
    else log('info', `${run.target} is ok`, line);
  },
});

/** Groups that set the incident of the log lines, and log a signal that arrived late or twice. */
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
        log('info', 'ignored a signal that arrived late or twice', { what: 'ignored', group: group.key });
      return saved;
    },
    due: (now) => groups.due(now),
    open: () => groups.open(),
  };
}

const timesIgnored = ({ members }: Group) => Object.values(members).reduce((sum, { ignored }) => sum + ignored, 0);

/** The open incident, or the last closed one if the outbox still has entries of it. */
function incidentOf({ incident, outbox }: Group): string | undefined {
  const last = outbox.at(-1);
  return incident?.id ?? (last && incidentOfEntry(last));
}

function incidentOfEntry(entry: OutboxEntry): string {
  switch (entry.owes) {
    case 'notification':
      return entry.notification.incident;
    case 'timeline':
      return entry.entry.incident;
    case 'record':
      return entry.closed.incident;
  }
}

/**
 * An archive that logs each entry of a timeline: opened, reminder, resolved, delivered, superseded. The timeline is written
 * from the outbox, so that entries that were delayed by a crash are logged by the process that publishes them.
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

/** A publisher that logs each notification. */
export const loggedPublisher = (publisher: NotificationPublisher): NotificationPublisher => ({
  publish: async (notification) => {
    await publisher.publish(notification);
    const { id, incident, channel, kind } = notification;
    log('info', `notified ${channel}: ${kind}`, { what: 'published', incident, notification: id, channel, kind });
  },
});

/** A sender that logs before each attempt, because the outcome of an attempt may remain unknown. */
export const loggedSend =
  <Settings>(send: Send<Settings>): Send<Settings> =>
  async (notification, settings, reached) => {
    const { id, incident, channel, kind } = notification;
    log('info', `sending ${kind} to ${channel}`, { what: 'attempt', incident, notification: id, channel, kind });
    return send(notification, settings, reached);
  };
