import type { Notification } from '../../events/notification.ts';
import type { Secrets } from '../definition/secret.ts';

/**
 * Delivers one notification to one channel and returns what the provider answered as proof.
 * @param settings the channel's own, of the kind that this sender delivers to
 * @param reached the recipients that have it already, by an earlier attempt. @default none
 * @throws {PermanentError} when trying again cannot help
 * @throws {PartlyDeliveredError} when some recipients have it now and others do not
 * @throws {TransientError} when it may; anything else is taken as transient too
 */
export type Send<Settings> = (
  notification: Notification,
  settings: Settings,
  reached?: readonly string[],
) => Promise<{ proof?: string | undefined }>;

/**
 * POSTs JSON. Of the answer's body only the beginning is read, enough for any error text.
 * @throws {TransientError} when no answer comes; an answer of any status is an answer
 */
export interface HttpPoster {
  post(
    url: string,
    body: unknown,
    limits: { timeoutMs: number },
  ): Promise<{ status: number; body: string; retryAfter?: string | undefined }>;
}

/** A complete MIME message and who it is for. */
export interface Mail {
  from: string;
  to: readonly string[];
  mime: Uint8Array;
}

/**
 * Hands mail over and returns what the other side answered: it has taken the mail for every recipient.
 * @throws {PartlyDeliveredError} when it has taken it for some
 */
export interface MailTransport {
  send(mail: Mail): Promise<string>;
}

/** All that notifiers can deliver with. A notifier takes those that it needs. */
export interface Carriers {
  secrets: Secrets;
  http: HttpPoster;
  /** The transport of this world: SES on AWS, the outbox on a laptop. */
  mail: MailTransport;
  /** A relay by its URL, for channels that name one. */
  smtp: (url: string) => MailTransport;
}
