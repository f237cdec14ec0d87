import type { Notification } from '../../../events/notification.ts';
import { oneLine } from '../../delivery/clean-text.ts';
import type { Mail } from '../../delivery/send.ts';
import { requiresAction, signatureOf } from '../../delivery/wording.ts';
import { stableHash } from '../../stable-hash.ts';
import { emailMessage } from './message.ts';
import type { EmailSettings } from './settings.ts';

/**
 * A notification as a complete MIME message. The same notification gives the same bytes, and one message id for each
 * channel, so that a mail that is sent twice can be recognized as one. All mails of an incident are replies to one id, that
 * of the incident, which is never sent itself: SES replaces our message ids, but not the id in the reply headers, so that
 * mail clients show the incident as one thread.
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
      // Prevents out-of-office replies.
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      Importance: notification.tier === 'critical' && requiresAction(notification) ? 'High' : 'Normal',
    },
    baseBoundary: stableHash(`${notification.id}/${channel}`),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return { from, to, mime: await composer.compile().build() };
}

/** A name with only the characters that are allowed in a message id. */
const idPart = (name: string) => name.replace(/[^A-Za-z0-9_-]+/g, '-');
