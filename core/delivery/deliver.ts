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

/** The ports of a notifier, for channels with settings of its kind. */
export interface DeliverPorts<Settings extends ChannelSettings = ChannelSettings> {
  document: Pick<MonitoringDocument, 'channels'>;
  /** The kind of channel that this notifier serves: `slack`. */
  channelKind: string;
  deliveries: Deliveries;
  pauses: ChannelPauses;
  archive: Pick<IncidentArchive, 'addToTimeline'>;
  send: Send<Settings>;
  clock: Clock;
  /** Identifies this process as the owner of a lease. Unique, also after a restart. */
  owner: string;
  /** No other process delivers from this store, so that leases of other owners belong to ended processes. @default false */
  ownsStore?: boolean;
  /**
   * The duration of a lease if the handler of a message has no timeout: longer than one attempt can take, shorter than the
   * visibility timeout of the queue.
   */
  leaseSeconds: number;
}

/**
 * The consumer of every notifier: leases the lane of a group and channel, sends, and stores the receipt. Only a receipt ends a
 * delivery. A message that cannot be delivered is moved to the dead-letter queue with the reason; all other failures are
 * retried.
 */
export function deliver<Settings extends ChannelSettings>(ports: DeliverPorts<Settings>): Consumer {
  const isServed = (settings: ChannelSettings): settings is Settings => settings.channel === ports.channelKind;
  return async (message) => {
    const parsed = parseBody(notificationSchema, message.body);
    if (!parsed.ok) return deadLetter(parsed.reason, 'malformed');
    const notification = parsed.content;
    const settings = ports.document.channels[notification.channel];
    if (!settings) return deadLetter(unknownChannel(notification, ports.document.channels), 'unknown-channel');
    if (!isServed(settings)) return deadLetter(wrongKind(notification, settings, ports), 'wrong-kind');

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

  // The message id is part of the owner: two messages of one batch must not share a lease.
  const owner = `${ports.owner}/${message.id}`;
  const lease = await ports.deliveries.lease(delivery, {
    owner,
    now,
    until: message.endsAt ?? now + ports.leaseSeconds * 1000,
    soleProcess: ports.ownsStore ? `${ports.owner}/` : undefined,
  });

  if (lease.lease === 'delivered') {
    // The process that delivered it may have stopped before it wrote the timeline entry.
    if (lease.receipt) await ports.archive.addToTimeline(entryOf(lease.receipt));
    return done;
  }
  if (lease.lease === 'superseded') {
    // Uses the time of the notification, so that a repeated message writes the same entry.
    const receipt = receiptOf(notification, { outcome: 'superseded', at: notification.at, attempts: message.receives });
    await ports.archive.addToTimeline(entryOf(receipt));
    return done;
  }
  if (lease.lease === 'busy') {
    const afterSeconds = Math.max(1, Math.ceil((lease.until - now) / 1000));
    return {
      verdict: 'retry',
      afterSeconds,
      reason: `another consumer is delivering notifications of ${group} to ${channel}`,
    };
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

/** No message is sent while a channel is paused. The message waits at least as long as its own backoff. */
function waitForChannel(channel: string, until: number, now: number, message: Message): Verdict {
  const reason = `channel ${channel} is paused after a failure or a rate limit`;
  if (message.receives >= maxAttempts)
    return deadLetter(`gave up after ${message.receives} attempts: ${reason}`, 'exhausted');
  const afterSeconds = Math.max(Math.ceil((until - now) / 1000), backoffSeconds(message.receives));
  return { verdict: 'retry', afterSeconds, reason, untried: true };
}

/** The ports that store the outcome of an attempt. */
type Attempted = Pick<DeliverPorts, 'deliveries' | 'pauses' | 'clock'>;

async function sendOrRelease<T>(ports: Attempted, delivery: Delivery, owner: string, send: () => Promise<T>) {
  try {
    return await send();
  } catch (error) {
    const reached = error instanceof PartlyDeliveredError ? error.reached : [];
    const cause = error instanceof PartlyDeliveredError ? error.rest : error;
    const mayHaveArrived = cause instanceof TransientError && cause.mayHaveArrived;
    // If this write fails too, the lease expires and the attempt counts as interrupted. The error to report is that of
    // sending.
    await ports.deliveries.release(delivery, owner, { mayHaveArrived, reached }).catch(() => undefined);
    // A channel that reached some of its recipients is available.
    if (reached.length === 0 && !(error instanceof PermanentError)) await pauseAfter(ports, delivery.channel, error);
    throw error;
  }
}

/** Pauses the channel for the time that its provider requested, or for a short default. If this write fails, the next message makes an unnecessary attempt. */
async function pauseAfter({ pauses, clock }: Attempted, channel: string, error: unknown): Promise<void> {
  const requested = error instanceof TransientError ? error.retryAfterSeconds : undefined;
  // Zero, or a date in the past, is no request.
  const seconds = Math.min(requested || pauseSeconds, longestPauseSeconds);
  await pauses.pause(channel, clock.now() + seconds * 1000).catch(() => undefined);
}

function afterFailure(failure: unknown, message: Message): Verdict {
  const partly = failure instanceof PartlyDeliveredError;
  const error = partly ? failure.rest : failure;
  const cause = error instanceof Error ? error.message : String(error);
  const reason = partly ? `delivered to ${failure.reached.join(', ')}, but not to all recipients: ${cause}` : cause;
  if (error instanceof PermanentError) return deadLetter(reason, partly ? 'partly-delivered' : 'permanent');
  if (message.receives >= maxAttempts)
    return deadLetter(`gave up after ${message.receives} attempts: ${reason}`, 'exhausted');
  const wanted = error instanceof TransientError ? (error.retryAfterSeconds ?? 0) : 0;
  const afterSeconds = Math.min(Math.max(wanted, backoffSeconds(message.receives)), longestWaitSeconds);
  return { verdict: 'retry', afterSeconds, reason };
}

const deadLetter = (reason: string, errorClass: string): Verdict => ({ verdict: 'dead-letter', reason, errorClass });

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
      : `notification ${sequence} was not sent to ${channel}: a later one was delivered first`,
});

const unknownChannel = ({ channel }: Notification, channels: MonitoringDocument['channels']) =>
  `channel ${channel} is not in the config, which has ${Object.keys(channels).join(', ') || 'no channels'}. ` +
  'Restore the channel and redrive the message, or delete the message';

const wrongKind = ({ channel }: Notification, settings: ChannelSettings, { channelKind }: { channelKind: string }) =>
  `the type of channel ${channel} is ${settings.channel}, but the message was sent to the ${channelKind} notifier: ` +
  'the type was changed before the message was delivered. Rename the channel, or delete the message';
