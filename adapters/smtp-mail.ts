import { PartlyDeliveredError, PermanentError, TransientError } from '../core/delivery/errors.ts';
import { redact } from '../core/delivery/redact.ts';
import type { Mail, MailTransport } from '../core/delivery/send.ts';

/** What Nodemailer says of a failure. */
interface Refusal {
  message?: string;
  code?: string;
  responseCode?: number;
  recipient?: string;
  rejectedErrors?: readonly Refusal[];
}

/**
 * Hands mail to an SMTP relay: `smtp://user:password@host:587` (TLS when the relay offers it), `smtps://…` (TLS at once).
 * One connection a mail; alerts are few.
 */
export class SmtpMail implements MailTransport {
  readonly #url: string;
  readonly #timeoutMs: number;

  constructor(url: string, options: { timeoutMs?: number } = {}) {
    this.#url = url;
    this.#timeoutMs = options.timeoutMs ?? 15_000;
  }

  /**
   * @returns the relay's last words, with its queue id
   * @throws {PartlyDeliveredError} when the relay takes the mail for some recipients only
   * @throws {PermanentError} when the relay refuses sender, all recipients, message or password for good (5xx)
   * @throws {TransientError} for 4xx, and when no connection or no answer comes
   */
  async send(mail: Mail): Promise<string> {
    // Loaded with the first mail: where SES sends the mail, no function needs it.
    const { createTransport } = await import('nodemailer');
    let isHandedOver = false;
    const transport = createTransport({
      url: this.#url,
      connectionTimeout: this.#timeoutMs,
      greetingTimeout: this.#timeoutMs,
      socketTimeout: this.#timeoutMs,
      disableFileAccess: true,
      disableUrlAccess: true,
      logger: noting(() => {
        isHandedOver = true;
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
      throw error instanceof PartlyDeliveredError ? error : this.#classified(error, isHandedOver);
    } finally {
      transport.close();
    }
  }

  /** A relay that says something now and then never runs into a time-out of the connection. */
  async #inTime<T>(sending: Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('the relay takes too long')), 2 * this.#timeoutMs);
    });
    try {
      return await Promise.race([sending, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Why recipients were refused. While one of them may be taken later, it is worth trying again. */
  #refusal(errors: readonly Refusal[]): PermanentError | TransientError {
    const says = redact(
      `${new URL(this.#url).host}: ${errors.map((error) => `${error.recipient ?? ''} ${error.message}`.trim()).join('; ')}`,
      this.#url,
    );
    const mayHelp = errors.some(({ responseCode = 0 }) => responseCode < 500);
    return mayHelp ? new TransientError(says) : new PermanentError(says);
  }

  /** Built anew and without a cause: an answer may quote what was said to it, and that held the password. */
  #classified(error: unknown, isHandedOver: boolean): Error {
    const { message, code, responseCode, rejectedErrors } = error as Refusal;
    if (rejectedErrors && rejectedErrors.length > 0) return this.#refusal(rejectedErrors);
    const says = redact(`${new URL(this.#url).host}: ${message ?? String(error)}`, this.#url);
    if (responseCode !== undefined) {
      return responseCode >= 500 ? new PermanentError(says) : new TransientError(says);
    }
    if (code === 'EAUTH' || code === 'EENVELOPE') return new PermanentError(says);
    return new TransientError(says, { mayHaveArrived: isHandedOver });
  }
}

/**
 * Nodemailer's errors do not say whether the message had gone over the wire when the connection broke; of all that it logs
 * this reads one line, which comes when all of the message was written.
 */
function noting(written: () => void) {
  const pass = () => {};
  const info = (entry: unknown) => {
    if ((entry as { tnx?: unknown } | undefined)?.tnx === 'message') written();
  };
  return { level: pass, trace: pass, debug: pass, info, warn: pass, error: pass, fatal: pass };
}
