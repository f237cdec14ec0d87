import { createTransport } from 'nodemailer';
import { PermanentError, TransientError } from '../core/delivery/errors.ts';
import { redact } from '../core/delivery/redact.ts';
import type { Mail, MailTransport } from '../core/delivery/send.ts';

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
   * @returns the relay's last words, with its queue id, and the recipients that it refused, if any
   * @throws {PermanentError} when the relay refuses sender, all recipients, message or password for good (5xx)
   * @throws {TransientError} for 4xx, and when no connection or no answer comes
   */
  async send(mail: Mail): Promise<string> {
    const transport = createTransport({
      url: this.#url,
      connectionTimeout: this.#timeoutMs,
      greetingTimeout: this.#timeoutMs,
      socketTimeout: this.#timeoutMs,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    try {
      const info = await transport.sendMail({
        envelope: { from: mail.from, to: [...mail.to] },
        raw: Buffer.from(mail.mime),
      });
      const refused = info.rejected.length > 0 ? `; refused: ${info.rejected.join(', ')}` : '';
      return redact(`${info.response}${refused}`, this.#url);
    } catch (error) {
      throw this.#classified(error);
    } finally {
      transport.close();
    }
  }

  /** Built anew and without a cause: an answer may quote what was said to it, and that held the password. */
  #classified(error: unknown): Error {
    const { message, code, responseCode } = error as { message?: string; code?: string; responseCode?: number };
    const says = redact(`${new URL(this.#url).host}: ${message ?? String(error)}`, this.#url);
    if (responseCode !== undefined) {
      return responseCode >= 500 ? new PermanentError(says) : new TransientError(says);
    }
    return code === 'EAUTH' || code === 'EENVELOPE' ? new PermanentError(says) : new TransientError(says);
  }
}
