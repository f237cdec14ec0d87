import { type SESClient, SESServiceException, SendRawEmailCommand } from '@aws-sdk/client-ses';
import { PartlyDeliveredError, PermanentError, TransientError } from '../core/delivery/errors.ts';
import type { Mail, MailTransport } from '../core/delivery/send.ts';

/** Error names of SES for mails that it always rejects: because of their content, sender or an address. */
const refusals = new Set([
  'MessageRejected',
  'MailFromDomainNotVerified',
  'MailFromDomainNotVerifiedException',
  'InvalidParameterValue',
  'InvalidParameterCombination',
  'ValidationError',
]);

/** The timeout of a request to SES, in milliseconds. */
const timeoutMs = 10_000;

/** The fix, for people who read the reason of a dead letter. */
const unverified =
  ' Verify the sender in SES, and in the SES sandbox also the recipients: aws sesv2 create-email-identity --email-identity …';

/**
 * Sends mail through SES. It needs a client without retries: a request that timed out may have been accepted, and the
 * attempts of the delivery are counted and limited.
 */
export class SesMail implements MailTransport {
  readonly #client: SESClient;

  readonly #timeoutMs: number;

  constructor(client: SESClient, options: { timeoutMs?: number } = {}) {
    this.#client = client;
    this.#timeoutMs = options.timeoutMs ?? timeoutMs;
  }

  /**
   * One call for all recipients. If SES rejects one recipient (in its sandbox, one that is not verified), it rejects the mail
   * for all. The mail is then sent to each recipient separately, so that only the rejected one does not receive it.
   */
  async send(mail: Mail): Promise<string> {
    try {
      return await this.#sendAtOnce(mail);
    } catch (error) {
      if (!(error instanceof PermanentError) || mail.to.length < 2) throw error;
      return this.#sendEach(mail, error);
    }
  }

  async #sendEach(mail: Mail, refusal: PermanentError): Promise<string> {
    const ids: string[] = [];
    const reached: string[] = [];
    const failures: (PermanentError | TransientError)[] = [];
    for (const recipient of mail.to) {
      try {
        ids.push(await this.#sendAtOnce({ ...mail, to: [recipient] }));
        reached.push(recipient);
      } catch (error) {
        failures.push(error as PermanentError | TransientError);
        // SES does not respond: the remaining recipients wait for the next attempt.
        if (error instanceof TransientError) break;
      }
    }
    if (failures.length === 0) return ids.join(', ');
    const mayHelp = failures.find((failure) => failure instanceof TransientError);
    if (reached.length > 0) throw new PartlyDeliveredError(reached, mayHelp ?? failures[0]!);
    throw mayHelp ?? refusal;
  }

  /** @throws {PermanentError | TransientError} no other errors */
  async #sendAtOnce({ from, to, mime }: Mail): Promise<string> {
    try {
      const { MessageId } = await this.#client.send(
        new SendRawEmailCommand({ Source: from, Destinations: [...to], RawMessage: { Data: mime } }),
        // The client's own request timeout only logs a warning.
        { abortSignal: AbortSignal.timeout(this.#timeoutMs) },
      );
      if (!MessageId) throw new TransientError('SES accepted the mail without a message id', { mayHaveArrived: true });
      return MessageId;
    } catch (error) {
      if (error instanceof TransientError) throw error;
      const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      if (error instanceof SESServiceException && refusals.has(error.name)) {
        const fix = /not verified/i.test(text) ? unverified : '';
        throw new PermanentError(`SES rejected the mail from ${from} to ${to.join(', ')}: ${text}${fix}`, {
          cause: error,
        });
      }
      // With an error response, SES has not accepted the mail. Without a response, this is unknown.
      const mayHaveArrived = !(error instanceof SESServiceException);
      throw new TransientError(`SES did not accept the mail: ${text}`, { cause: error, mayHaveArrived });
    }
  }
}
