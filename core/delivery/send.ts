import type { Notification } from '../../events/notification.ts';
import type { Secrets } from '../definition/secret.ts';

/**
 * Delivers one notification to one channel and returns the provider's response as proof.
 * @param settings the settings of the channel, of the kind that this sender delivers to
 * @param reached the recipients that have it already from an earlier attempt. @default none
 * @throws {PermanentError} when a retry cannot help
 * @throws {PartlyDeliveredError} when some recipients have it now and others do not
 * @throws {TransientError} when a retry may help. All other errors are treated as transient too
 */
export type Send<Settings> = (
  notification: Notification,
  settings: Settings,
  reached?: readonly string[],
) => Promise<{ proof?: string | undefined }>;

/**
 * POSTs JSON. Only the beginning of the response body is read, enough for any error text.
 * @throws {TransientError} when there is no response. A response with any status is returned
 */
export interface HttpPoster {
  post(
    url: string,
    body: unknown,
    limits: { timeoutMs: number },
  ): Promise<{ status: number; body: string; retryAfter?: string | undefined }>;
}

/** A complete MIME message with its sender and recipients. */
export interface Mail {
  from: string;
  to: readonly string[];
  mime: Uint8Array;
}

/**
 * Sends mail and returns the response: the server has accepted the mail for every recipient.
 * @throws {PartlyDeliveredError} when it has accepted the mail for some recipients only
 */
export interface MailTransport {
  send(mail: Mail): Promise<string>;
}

/** Everything that notifiers can use for delivery. A notifier uses what it needs. */
export interface Carriers {
  secrets: Secrets;
  http: HttpPoster;
  /** The transport of the current environment: SES on AWS, the outbox on a laptop. */
  mail: MailTransport;
  /** A relay by its URL, for channels with their own relay. */
  smtp: (url: string) => MailTransport;
}
