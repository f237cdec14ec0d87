import { alertmanagerTitle, type Receiver } from '../alertmanager.ts';
import type { EmailSettings } from './settings.ts';

/** An email channel as a receiver of Alertmanager, which sends all mail through its own relay. */
export const emailReceiver = ({ from, to, smtp }: EmailSettings): Receiver => ({
  configs: {
    email_configs: [{ from, to: to.join(', '), send_resolved: true, headers: { Subject: alertmanagerTitle } }],
  },
  notes: [
    `Tocsin sends the mail of this channel through ${smtp === undefined ? 'SES' : "the channel's own relay, whose address is a secret"}; Alertmanager uses the relay above.`,
  ],
});
