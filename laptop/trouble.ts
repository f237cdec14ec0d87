import * as z from 'zod';
import { oneLine } from '../core/delivery/clean-text.ts';
import { formatDuration } from '../core/time/duration.ts';
import { type Notification, notification as notificationSchema } from '../events/notification.ts';
import { channelQueue } from './pipeline.ts';
import type { World } from './world.ts';

/** Something is wrong with Tocsin itself, so that it may watch less well than people believe. */
export interface Trouble {
  /** Names the kind: the last part of its group's key. */
  id: 'store-failed' | 'store-missing' | 'state-unreadable' | 'clock-set-back';
  title: string;
  description: string;
  actions: string[];
}

/** The store on disk cannot be opened, so that this run begins with an empty one in memory. */
export const storeUnopened = (path: string, error: Error): Trouble => ({
  id: 'store-failed',
  title: 'State cannot be read',
  description: `The store ${path} cannot be opened (${reasonOf(error)}). Tocsin watches and alerts from memory: it does not know the history and the open incidents of earlier runs, and forgets those of this run when it ends.`,
  actions: [
    'Check that the disk has room and that the folder can be read and written',
    `If the store is damaged, move ${path} away; the next start makes a new one`,
    'Stop Tocsin and start it again',
  ],
});

/** The store on disk failed while it was in use. */
export const storeFailed = (path: string, error: Error): Trouble => ({
  id: 'store-failed',
  title: 'State cannot be written',
  description: `The store ${path} has failed (${reasonOf(error)}). Tocsin watches and alerts from memory. What it keeps there is written when it is stopped, and lost if it cannot be written then.`,
  actions: ['Make room on the disk, or see why it fails', 'Stop Tocsin with Ctrl-C and start it again'],
});

/** A run before this one kept a store that is not there any more. */
export const storeMissing = (path: string): Trouble => ({
  id: 'store-missing',
  title: 'State is missing',
  description: `An earlier run kept its state in ${path}, and it is not there, or is empty. Tocsin starts without its history and open incidents: it reports no recovery of what was broken then, and alerts anew on what still is.`,
  actions: [
    `If it was moved, stop Tocsin, put ${path} back and start again`,
    'If it was removed on purpose, nothing needs to be done',
  ],
});

/** What ran here last cannot be read. */
export const runFileDamaged = (path: string, reason: string): Trouble => ({
  id: 'state-unreadable',
  title: 'A state file is damaged',
  description: `${path}, which says what ran here last, cannot be read (${oneLine(reason)}). It is written anew; whether earlier state is missing cannot be said.`,
  actions: ['Nothing needs to be done, unless this happens again: then check the disk'],
});

/** The state folder takes no file that says that Tocsin runs here. */
export const runFileUnwritten = (path: string, error: Error): Trouble => ({
  id: 'state-unreadable',
  title: 'State folder cannot be written',
  description: `Nothing can be written into ${path} (${reasonOf(error)}). Tocsin watches and alerts, but other commands (history, check, batch run) do not find it.`,
  actions: ['Make room on the disk, and check the rights of the folder', 'Stop Tocsin and start it again'],
});

/** The machine's clock went back. */
export const clockSetBack = (byMs: number): Trouble => ({
  id: 'clock-set-back',
  title: 'The clock was set back',
  description: `The clock of this machine was set back by ${formatDuration(byMs / 1000)}. Checks and messages go on; each alarm waits until its window holds values of the new time.`,
  actions: ['Check the time of the machine and its time synchronization'],
});

/** Why a file or a store failed: LevelDB says it in the cause. */
const reasonOf = (error: Error): string => oneLine(((error.cause as Error | undefined) ?? error).message);

/** Puts a trouble into the queue of every channel that critical alerts go to. @returns what was queued */
export async function notifyOf(
  trouble: Trouble,
  { document, clock, queue }: Pick<World, 'document' | 'clock' | 'queue'>,
): Promise<Notification[]> {
  const notifications = notificationsOf(trouble, document, clock.now());
  for (const notification of notifications)
    await queue(channelQueue(notification.channelKind)).send(
      JSON.stringify(z.encode(notificationSchema, notification)),
    );
  return notifications;
}

/** One for each channel of tier critical. It says what happened and opens no incident: nobody could close it. */
function notificationsOf(
  { id, title, description, actions }: Trouble,
  document: World['document'],
  at: number,
): Notification[] {
  const group = `${document.name}/${document.stage}/tocsin/${id}`;
  // A lane of its own each time: after the clock was set back nothing may count as older than what came before.
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
