import type { Notification } from '../../../events/notification.ts';
import { oneLine } from '../../delivery/clean-text.ts';
import type { Mail } from '../../delivery/send.ts';
import { asksForAction, signatureOf } from '../../delivery/wording.ts';
import { stableHash } from '../../stable-hash.ts';
import { emailMessage } from './message.ts';
import type { EmailSettings } from './settings.ts';

/**
 * A notification as a complete MIME message. The same notification gives the same bytes, and one message id for each
 * channel, so that a mail that is sent twice can be seen to be one. All mails of an incident answer to one id, that of
 * the incident, which is never sent itself: SES puts ids of its own in place of ours, the common ancestor stays, and mail
 * programs keep the incident in one thread.
 */
export async function mailOf(
  notification: Notification,
  { from, to }: Pick<EmailSettings, 'from' | 'to'>,
): Promise<Mail> {
  // Loaded with the first mail: it is a third of the notifier's code, and not needed to read its queue and its lanes.
  const { default: MailComposer } = await import('nodemailer/lib/mail-composer');
  const { subject, text, html } = emailMessage(notification);
  const { incident, sequence, channel, deployment, at } = notification;
  const domain = from.slice(from.lastIndexOf('@') + 1);
  const scope = `${idPart(deployment.name)}.${idPart(deployment.stage)}`;
  const thread = `<${idPart(incident)}.${scope}@${domain}>`;
  const composer = new MailComposer({
    from: { name: oneLine(signatureOf(notification)), address: from },
    to: [...to],
    subject,
    text,
    html,
    date: new Date(at),
    messageId: `<${idPart(incident)}.${sequence}.${idPart(channel)}.${scope}@${domain}>`,
    inReplyTo: thread,
    references: [thread],
    headers: {
      // Keeps out-of-office replies away.
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      Importance: notification.tier === 'critical' && asksForAction(notification) ? 'High' : 'Normal',
    },
    baseBoundary: stableHash(`${notification.id}/${channel}`),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return { from, to, mime: await composer.compile().build() };
}

/** What may stand in a message id, whatever the name holds. */
const idPart = (name: string) => name.replace(/[^A-Za-z0-9_-]+/g, '-');
