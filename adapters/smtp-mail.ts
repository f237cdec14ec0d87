import { PartlyDeliveredError, PermanentError, TransientError } from '../core/delivery/errors.ts';
import { redact } from '../core/delivery/redact.ts';
import type { Mail, MailTransport } from '../core/delivery/send.ts';

/** The error of Nodemailer for a failure. */
interface Refusal {
  message?: string;
  code?: string;
  responseCode?: number;
  recipient?: string;
  rejectedErrors?: readonly Refusal[];
}

/**
 * Sends mail through an SMTP relay: `smtp://user:password@host:587` (STARTTLS if the relay supports it), `smtps://…`
 * (implicit TLS). One connection per mail, because there are few alerts.
 */
export class SmtpMail implements MailTransport {
  readonly #url: string;
  readonly #timeoutMs: number;

  constructor(url: string, options: { timeoutMs?: number } = {}) {
    this.#url = url;
    this.#timeoutMs = options.timeoutMs ?? 15_000;
  }

  /**
   * @returns the last response of the relay, with its queue id
   * @throws {PartlyDeliveredError} when the relay accepts the mail for some recipients only
   * @throws {PermanentError} when the relay permanently rejects the sender, all recipients, the message or the password (5xx)
   * @throws {TransientError} for 4xx, and when there is no connection or no response
   */
  async send(mail: Mail): Promise<string> {
    // Loaded with the first mail: where SES sends the mail, no function needs it.
    const { createTransport } = await import('nodemailer');
    let isSent = false;
    const transport = createTransport({
      url: this.#url,
      connectionTimeout: this.#timeoutMs,
      greetingTimeout: this.#timeoutMs,
      socketTimeout: this.#timeoutMs,
      disableFileAccess: true,
      disableUrlAccess: true,
      logger: onMessageSent(() => {
        isSent = true;
      }),
    });
    try {
      const info = await this.#inTime(
        transport.sendMail({ envelope: { from: mail.from, to: [...mail.to] }, raw: Buffer.from(mail.mime) }),
      );
      const refused = info.rejectedErrors ?? [];
      if (refused.length === 0) return redact(info.response, this.#url);
      throw new PartlyDeliveredError(info.accepted.map(String), this.#refusal(refused));
    } catch (error) {
      throw error instanceof PartlyDeliveredError ? error : this.#classified(error, isSent);
    } finally {
      transport.close();
    }
  }

  /** Limits the total time: a relay that sends data slowly never causes a timeout of the connection. */
  async #inTime<T>(sending: Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(new Error('timeout: the relay did not complete the delivery')),
        2 * this.#timeoutMs,
      );
    });
    try {
      return await Promise.race([sending, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** The error for rejected recipients. It is transient if a retry may help for one of them. */
  #refusal(errors: readonly Refusal[]): PermanentError | TransientError {
    const says = redact(
      `${new URL(this.#url).host}: ${errors.map((error) => `${error.recipient ?? ''} ${error.message}`.trim()).join('; ')}`,
      this.#url,
    );
    const mayHelp = errors.some(({ responseCode = 0 }) => responseCode < 500);
    return mayHelp ? new TransientError(says) : new PermanentError(says);
  }

  /** A new error without a cause: a response may repeat the request, which had the password. */
  #classified(error: unknown, isSent: boolean): Error {
    const { message, code, responseCode, rejectedErrors } = error as Refusal;
    if (rejectedErrors && rejectedErrors.length > 0) return this.#refusal(rejectedErrors);
    const says = redact(`${new URL(this.#url).host}: ${message ?? String(error)}`, this.#url);
    if (responseCode !== undefined) {
      return responseCode >= 500 ? new PermanentError(says) : new TransientError(says);
    }
    if (code === 'EAUTH' || code === 'EENVELOPE') return new PermanentError(says);
    return new TransientError(says, { mayHaveArrived: isSent });
  }
}

/**
 * Nodemailer's errors do not show whether the message was sent before the connection was closed. This reads the one line of
 * its log that is written when the message was sent completely.
 */
function onMessageSent(written: () => void) {
  const pass = () => {};
  const info = (entry: unknown) => {
    if ((entry as { tnx?: unknown } | undefined)?.tnx === 'message') written();
  };
  return { level: pass, trace: pass, debug: pass, info, warn: pass, error: pass, fatal: pass };
}
