import { type SESClient, SESServiceException, SendRawEmailCommand } from '@aws-sdk/client-ses';
import { PartlyDeliveredError, PermanentError, TransientError } from '../core/delivery/errors.ts';
import type { Mail, MailTransport } from '../core/delivery/send.ts';

/** What SES answers when the same mail will be refused tomorrow too: its content, its sender or an address. */
const refusals = new Set([
  'MessageRejected',
  'MailFromDomainNotVerified',
  'MailFromDomainNotVerifiedException',
  'InvalidParameterValue',
  'InvalidParameterCombination',
  'ValidationError',
]);

/** How long SES may take, in milliseconds. */
const timeoutMs = 10_000;

/** What to do about it, for whoever reads the reason on a dead letter. */
const unverified =
  ' Let SES know the sender, and in its sandbox the recipients: aws sesv2 create-email-identity --email-identity …';

/**
 * Hands mail to SES. Give it a client that does not retry by itself: a request that timed out may have been accepted, and
 * the delivery's own attempts are counted and capped.
 */
export class SesMail implements MailTransport {
  readonly #client: SESClient;

  readonly #timeoutMs: number;

  constructor(client: SESClient, options: { timeoutMs?: number } = {}) {
    this.#client = client;
    this.#timeoutMs = options.timeoutMs ?? timeoutMs;
  }

  /**
   * One call for all recipients. SES refuses a mail for all when it refuses one of them (in its sandbox, a recipient that
   * is not verified): then each is tried alone, so that one address costs only itself.
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
        // SES does not answer any more: the others wait for the next attempt.
        if (error instanceof TransientError) break;
      }
    }
    if (failures.length === 0) return ids.join(', ');
    const mayHelp = failures.find((failure) => failure instanceof TransientError);
    if (reached.length > 0) throw new PartlyDeliveredError(reached, mayHelp ?? failures[0]!);
    throw mayHelp ?? refusal;
  }

  /** @throws {PermanentError | TransientError} and nothing else */
  async #sendAtOnce({ from, to, mime }: Mail): Promise<string> {
    try {
      const { MessageId } = await this.#client.send(
        new SendRawEmailCommand({ Source: from, Destinations: [...to], RawMessage: { Data: mime } }),
        // The client's own limit of a request only writes a warning when it is over.
        { abortSignal: AbortSignal.timeout(this.#timeoutMs) },
      );
      if (!MessageId) throw new TransientError('SES accepted the mail without a message id', { mayHaveArrived: true });
      return MessageId;
    } catch (error) {
      if (error instanceof TransientError) throw error;
      const said = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      if (error instanceof SESServiceException && refusals.has(error.name)) {
        const fix = /not verified/i.test(said) ? unverified : '';
        throw new PermanentError(`SES refuses the mail from ${from} to ${to.join(', ')}: ${said}${fix}`, {
          cause: error,
        });
      }
      // What SES answered it has not taken; without an answer nobody knows.
      const mayHaveArrived = !(error instanceof SESServiceException);
      throw new TransientError(`SES did not take the mail: ${said}`, { cause: error, mayHaveArrived });
    }
  }
}
