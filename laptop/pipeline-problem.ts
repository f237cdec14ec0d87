import * as z from 'zod';
import { oneLine } from '../core/delivery/clean-text.ts';
import { formatDuration } from '../core/time/duration.ts';
import { type Notification, notification as notificationSchema } from '../events/notification.ts';
import { channelQueue } from './pipeline.ts';
import type { World } from './world.ts';

/** A problem of the local pipeline itself, which may make monitoring incomplete. */
export interface PipelineProblem {
  /** The type of the problem: the last part of its group key. */
  id: 'store-failed' | 'store-missing' | 'state-unreadable' | 'clock-set-back';
  title: string;
  description: string;
  actions: string[];
}

/** The store on disk cannot be opened, so this run starts with an empty store in memory. */
export const storeUnopened = (path: string, error: Error): PipelineProblem => ({
  id: 'store-failed',
  title: 'State cannot be read',
  description: `The store ${path} cannot be opened (${reasonOf(error)}). Tocsin continues in memory: it does not have the history and the open incidents of earlier runs, and loses those of this run when it stops.`,
  actions: [
    'Check the free disk space and the permissions of the folder',
    `If the store is damaged, move ${path}; the next start creates a new one`,
    'Restart Tocsin',
  ],
});

/** The store on disk failed while it was in use. */
export const storeFailed = (path: string, error: Error): PipelineProblem => ({
  id: 'store-failed',
  title: 'State cannot be written',
  description: `The store ${path} has failed (${reasonOf(error)}). Tocsin continues in memory. It writes this state to the disk when it stops; if that fails, the state is lost.`,
  actions: ['Free disk space, or find out why the disk fails', 'Stop Tocsin with Ctrl-C and start it again'],
});

/** An earlier run had a store that does not exist anymore. */
export const storeMissing = (path: string): PipelineProblem => ({
  id: 'store-missing',
  title: 'State is missing',
  description: `An earlier run stored its state in ${path}, which is missing or empty. Tocsin starts without its history and open incidents: it sends no recovery notifications for them, and alerts again for everything that still fails.`,
  actions: [
    `If it was moved, stop Tocsin, put ${path} back and start again`,
    'If it was removed on purpose, no action is required',
  ],
});

/** The file about the last run cannot be read. */
export const runFileDamaged = (path: string, reason: string): PipelineProblem => ({
  id: 'state-unreadable',
  title: 'A state file is damaged',
  description: `${path}, which describes the last run, cannot be read (${oneLine(reason)}). Tocsin writes a new file. It cannot detect whether earlier state is missing.`,
  actions: ['If this happens again, check the disk'],
});

/** The file about this run cannot be written to the state folder. */
export const runFileUnwritten = (path: string, error: Error): PipelineProblem => ({
  id: 'state-unreadable',
  title: 'State folder cannot be written',
  description: `Tocsin cannot write to ${path} (${reasonOf(error)}). Monitoring continues, but other commands (history, check, batch run) cannot connect to this run.`,
  actions: ['Check the free disk space and the permissions of the folder', 'Restart Tocsin'],
});

/** The clock of the machine was set back. */
export const clockSetBack = (byMs: number): PipelineProblem => ({
  id: 'clock-set-back',
  title: 'The clock was set back',
  description: `The clock of this machine was set back by ${formatDuration(byMs / 1000)}. Checks and notifications continue. Each alarm is evaluated again when its evaluation period contains datapoints of the new time.`,
  actions: ['Check the time of the machine and its time synchronization'],
});

/** The reason why a file or a store failed: LevelDB has it in the cause. */
const reasonOf = (error: Error): string => oneLine(((error.cause as Error | undefined) ?? error).message);

/** Queues a notification about a problem for every channel of tier critical. @returns the notifications */
export async function notifyOf(
  problem: PipelineProblem,
  { document, clock, queue }: Pick<World, 'document' | 'clock' | 'queue'>,
): Promise<Notification[]> {
  const notifications = notificationsOf(problem, document, clock.now());
  for (const notification of notifications)
    await queue(channelQueue(notification.channelKind)).send(
      JSON.stringify(z.encode(notificationSchema, notification)),
    );
  return notifications;
}

/** One notification for each channel of tier critical. It opens no incident, because nothing would resolve it. */
function notificationsOf(
  { id, title, description, actions }: PipelineProblem,
  document: World['document'],
  at: number,
): Notification[] {
  const group = `${document.name}/${document.stage}/tocsin/${id}`;
  // A new group each time: after the clock was set back, no notification may count as older than an earlier one.
  const incident = `${group}/${new Date(at).toISOString()}`;
  return document.routes.critical.flatMap((channel) => {
    const settings = document.channels[channel];
    if (!settings) return [];
    return [
      {
        id: `${incident}/1`,
        incident,
        group: incident,
        sequence: 1,
        kind: 'news' as const,
        channel,
        channelKind: settings.channel,
        tier: 'critical' as const,
        deployment: { name: document.name, stage: document.stage, timeZone: document.timeZone },
        target: { kind: 'volume' as const, name: 'tocsin' },
        alarm: group,
        title,
        description,
        actions,
        openedAt: at,
        at,
      },
    ];
  });
}
