import { channelKind } from '../channel-kind.ts';
import { addressesOf } from './addresses.ts';
import { emailBilled } from './price.ts';
import { emailReceiver } from './receiver.ts';
import { email, emailSettings, smtpProtocols } from './settings.ts';

export { email };

/** The email channel. On AWS mail is sent through SES; with `smtp`, through that relay. */
export const emailChannel = channelKind({
  name: 'email',
  label: 'email',
  settings: emailSettings,
  example: email({ from: 'tocsin@example.com', to: ['ml-team@example.com'] }),
  secrets: { smtp: { url: smtpProtocols } },
  sender: async () => (await import('./send.ts')).sender,
  provider: { name: 'the mail server', inScenarios: ['mail', 'email'] },
  receiver: emailReceiver,
  mail: addressesOf,
  billed: emailBilled,
});
