import { type SESClient, SESServiceException, SendRawEmailCommand } from '@aws-sdk/client-ses';
import { PermanentError, TransientError } from '../core/delivery/errors.ts';
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

/** What to do about it, for whoever reads the reason on a dead letter. */
const unverified =
  ' Let SES know the sender, and in its sandbox the recipients: aws sesv2 create-email-identity --email-identity …';

/**
 * Hands mail to SES. Give it a client that does not retry by itself: a request that timed out may have been accepted, and
 * the delivery's own attempts are counted and capped.
 */
export class SesMail implements MailTransport {
  readonly #client: SESClient;

  constructor(client: SESClient) {
    this.#client = client;
  }

  async send({ from, to, mime }: Mail): Promise<string> {
    try {
      const { MessageId } = await this.#client.send(
        new SendRawEmailCommand({ Source: from, Destinations: [...to], RawMessage: { Data: mime } }),
      );
      if (!MessageId) throw new TransientError('SES accepted the mail without a message id');
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
      throw new TransientError(`SES did not take the mail: ${said}`, { cause: error });
    }
  }
}
