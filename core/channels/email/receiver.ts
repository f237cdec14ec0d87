import { alertmanagerTitle, type Receiver } from '../alertmanager.ts';
import type { EmailSettings } from './settings.ts';

/** An email channel as a receiver of Alertmanager, which sends all mail through one relay of its own. */
export const emailReceiver = ({ from, to, smtp }: EmailSettings): Receiver => ({
  configs: {
    email_configs: [{ from, to: to.join(', '), send_resolved: true, headers: { Subject: alertmanagerTitle } }],
  },
  notes: [
    `In Tocsin its mail goes out through ${smtp === undefined ? 'SES' : 'a relay of its own, whose address is a secret'}; here it takes the relay above.`,
  ],
});
