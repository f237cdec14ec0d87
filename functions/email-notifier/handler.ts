import { SESClient } from '@aws-sdk/client-ses';
import { parseEnvironment } from '../../adapters/parse-environment.ts';
import { SesMail } from '../../adapters/ses-mail.ts';
import { SmtpMail } from '../../adapters/smtp-mail.ts';
import { sender } from '../../core/channels/email/send.ts';
import { lambdaNotifier } from '../notifier-handler.ts';
import { terms } from './contract.ts';

// The delivery counts attempts. A client with its own retries could send a mail twice without a record of it.
const ses = new SESClient({ maxAttempts: 1, requestHandler: { connectionTimeout: 3000 } });

export const handler = await lambdaNotifier(
  parseEnvironment(terms.environment),
  { ...terms, channelKind: 'email' },
  ({ secrets }) => sender({ secrets, mail: new SesMail(ses), smtp: (url) => new SmtpMail(url) }),
);
