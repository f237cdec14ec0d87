import { type Notification, notification as notificationSchema } from '../../events/notification.ts';
import type { Receipt } from '../../events/receipt.ts';
import type { ChannelSettings } from '../channels/kind-of.ts';
import type { MonitoringDocument } from '../definition/document.ts';
import type { IncidentArchive } from '../incidents/ports.ts';
import type { TimelineEntry } from '../incidents/timeline.ts';
import { type Consumer, done, type Message, type Verdict } from '../queues/message.ts';
import { parseBody } from '../queues/parse-body.ts';
import type { Clock } from '../time/clock.ts';
import { backoffSeconds, longestPauseSeconds, longestWaitSeconds, maxAttempts, pauseSeconds } from './backoff.ts';
import type { ChannelPauses } from './channel-pauses.ts';
import type { Deliveries, Delivery } from './deliveries.ts';
import { PartlyDeliveredError, PermanentError, TransientError } from './errors.ts';
import { asSentNow } from './late-notice.ts';
import type { Send } from './send.ts';

/** What a notifier delivers with, to channels with settings of its kind. */
export interface DeliverPorts<Settings extends ChannelSettings = ChannelSettings> {
  document: Pick<MonitoringDocument, 'channels'>;
  /** The kind of channel that this notifier serves: `slack`. */
  channelKind: string;
  deliveries: Deliveries;
  pauses: ChannelPauses;
  archive: Pick<IncidentArchive, 'addToTimeline'>;
  send: Send<Settings>;
  clock: Clock;
  /** Names this process among those that may hold a lease: unique, also after a restart. */
  owner: string;
  /** No other process delivers from this store, so leases of others are of processes that have ended. @default false */
  ownsStore?: boolean;
  /**
   * How long a lease lasts where nothing ends the one who handles a message: longer than one attempt can take, shorter
   * than the time after which the queue shows the message again.
   */
  leaseSeconds: number;
}

/**
 * The consumer that every notifier shares: takes the lane of incident and channel, sends, keeps the receipt. Only a
 * receipt ends a delivery; what cannot be delivered is parked with its reason, anything else is tried again.
 */
export function deliver<Settings extends ChannelSettings>(ports: DeliverPorts<Settings>): Consumer {
  const isServed = (settings: ChannelSettings): settings is Settings => settings.channel === ports.channelKind;
  return async (message) => {
    const parsed = parseBody(notificationSchema, message.body);
    if (!parsed.ok) return park(parsed.reason, 'malformed');
    const notification = parsed.content;
    const settings = ports.document.channels[notification.channel];
    if (!settings) return park(unknownChannel(notification, ports.document.channels), 'unknown-channel');
    if (!isServed(settings)) return park(wrongKind(notification, settings, ports), 'wrong-kind');

    try {
      return await attempt(ports, notification, settings, message);
    } catch (error) {
      return afterFailure(error, message);
    }
  };
}

async function attempt<Settings extends ChannelSettings>(
  ports: DeliverPorts<Settings>,
  notification: Notification,
  settings: Settings,
  message: Message,
): Promise<Verdict> {
  const { group, incident, channel, sequence, kind } = notification;
  const delivery: Delivery = { group, incident, channel, sequence, kind };
  const now = ports.clock.now();
  const pausedUntil = (await ports.pauses.pausedUntil(channel)) ?? 0;
  if (pausedUntil > now) return waitForChannel(channel, pausedUntil, now, message);

  // The message is part of the name: two messages of one batch must not share a lane.
  const owner = `${ports.owner}/${message.id}`;
  const lease = await ports.deliveries.lease(delivery, {
    owner,
    now,
    until: message.endsAt ?? now + ports.leaseSeconds * 1000,
    soleProcess: ports.ownsStore ? `${ports.owner}/` : undefined,
  });

  if (lease.lease === 'delivered') {
    // Whoever delivered may have died before its line of the timeline was written.
    if (lease.receipt) await ports.archive.addToTimeline(entryOf(lease.receipt));
    return done;
  }
  if (lease.lease === 'superseded') {
    // Stamped with the notification's own time, so that a repeated message writes the same entry.
    const receipt = receiptOf(notification, { outcome: 'superseded', at: notification.at, attempts: message.receives });
    await ports.archive.addToTimeline(entryOf(receipt));
    return done;
  }
  if (lease.lease === 'busy') {
    const afterSeconds = Math.max(1, Math.ceil((lease.until - now) / 1000));
    return { verdict: 'retry', afterSeconds, reason: `another consumer delivers for ${group} to ${channel}` };
  }

  const proof = await sendOrRelease(ports, delivery, owner, () =>
    ports.send(asSentNow(notification, lease), settings, lease.reached),
  );
  const receipt = receiptOf(notification, {
    outcome: 'delivered',
    at: ports.clock.now(),
    attempts: lease.attempts,
    ...proof,
  });
  await ports.deliveries.settle(receipt);
  await ports.archive.addToTimeline(entryOf(receipt));
  return done;
}

/** Nothing is sent while a channel is paused; the message waits at least as long as its own backoff says. */
function waitForChannel(channel: string, until: number, now: number, message: Message): Verdict {
  const reason = `${channel} failed a moment ago, or asked for time: its messages wait`;
  if (message.receives >= maxAttempts)
    return park(`gave up after ${message.receives} attempts: ${reason}`, 'exhausted');
  const afterSeconds = Math.max(Math.ceil((until - now) / 1000), backoffSeconds(message.receives));
  return { verdict: 'retry', afterSeconds, reason, untried: true };
}

/** What keeps the outcome of an attempt. */
type Attempted = Pick<DeliverPorts, 'deliveries' | 'pauses' | 'clock'>;

async function sendOrRelease<T>(ports: Attempted, delivery: Delivery, owner: string, send: () => Promise<T>) {
  try {
    return await send();
  } catch (error) {
    const reached = error instanceof PartlyDeliveredError ? error.reached : [];
    const cause = error instanceof PartlyDeliveredError ? error.rest : error;
    const mayHaveArrived = cause instanceof TransientError && cause.mayHaveArrived;
    // When keeping what is known of the attempt fails too, the lease ends by itself and the attempt counts as interrupted;
    // what must be reported is why sending failed.
    await ports.deliveries.release(delivery, owner, { mayHaveArrived, reached }).catch(() => undefined);
    // A channel that reached somebody works.
    if (reached.length === 0 && !(error instanceof PermanentError)) await pauseAfter(ports, delivery.channel, error);
    throw error;
  }
}

/** Leaves the channel alone for as long as its provider asked, or for a moment. If the pause cannot be written, the next message is an attempt too many, no more. */
async function pauseAfter({ pauses, clock }: Attempted, channel: string, error: unknown): Promise<void> {
  const asked = error instanceof TransientError ? error.retryAfterSeconds : undefined;
  // A date that has passed, or zero, asks for nothing.
  const seconds = Math.min(asked || pauseSeconds, longestPauseSeconds);
  await pauses.pause(channel, clock.now() + seconds * 1000).catch(() => undefined);
}

function afterFailure(failure: unknown, message: Message): Verdict {
  const partly = failure instanceof PartlyDeliveredError;
  const error = partly ? failure.rest : failure;
  const says = error instanceof Error ? error.message : String(error);
  const reason = partly ? `reached ${failure.reached.join(', ')}, but not everybody: ${says}` : says;
  if (error instanceof PermanentError) return park(reason, partly ? 'partly-delivered' : 'permanent');
  if (message.receives >= maxAttempts)
    return park(`gave up after ${message.receives} attempts: ${reason}`, 'exhausted');
  const wanted = error instanceof TransientError ? (error.retryAfterSeconds ?? 0) : 0;
  const afterSeconds = Math.min(Math.max(wanted, backoffSeconds(message.receives)), longestWaitSeconds);
  return { verdict: 'retry', afterSeconds, reason };
}

const park = (reason: string, errorClass: string): Verdict => ({ verdict: 'dead-letter', reason, errorClass });

const receiptOf = (
  { id, incident, group, channel, sequence, kind }: Notification,
  rest: Pick<Receipt, 'outcome' | 'at' | 'attempts' | 'proof'>,
): Receipt => ({ notification: id, incident, group, channel, sequence, kind, ...rest });

const entryOf = ({ incident, group, at, sequence, channel, outcome, attempts, proof }: Receipt): TimelineEntry => ({
  incident,
  group,
  at,
  sequence: `${String(sequence).padStart(6, '0')}/${channel}`,
  what: outcome,
  detail:
    outcome === 'delivered'
      ? `notification ${sequence} reached ${channel} at attempt ${attempts}${proof ? `: ${proof}` : ''}`
      : `notification ${sequence} was not sent to ${channel}: a later one was there first`,
});

const unknownChannel = ({ channel }: Notification, channels: MonitoringDocument['channels']) =>
  `channel ${channel} is not in the config; there are ${Object.keys(channels).join(', ') || 'none'}. ` +
  'Restore it and redrive the message, or delete the message';

const wrongKind = ({ channel }: Notification, settings: ChannelSettings, { channelKind }: { channelKind: string }) =>
  `channel ${channel} is of kind ${settings.channel} and came to the notifier of kind ${channelKind}: ` +
  'it changed its kind while the message was under way. Rename the channel, or delete the message';
