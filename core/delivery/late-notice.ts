import type { Notification } from '../../events/notification.ts';
import type { Leased, Standing } from './deliveries.ts';

/**
 * A notification as it is sent now. What is late looks like what the channel shows already, so that the last message of a
 * channel always shows the state of the alarm: a notice about an incident that is over is green when nothing is open.
 */
export function asSentNow(
  notification: Notification,
  { late, mayRepeat }: Pick<Leased, 'late' | 'mayRepeat'>,
): Notification {
  const sent = late ? lateNotice(notification, late) : notification;
  if (!mayRepeat) return sent;
  return { ...sent, remark: sentences(sent.remark, 'This may be a repeat: an earlier attempt was interrupted.') };
}

/** The first notice about an incident, after newer ones of its alarm: so this incident is over. */
function lateNotice(notification: Notification, shown: Standing): Notification {
  const late = { ...notification, title: `Late notice: ${notification.title}` };
  // It opened nothing, so nothing is over either.
  if (notification.kind === 'news') return { ...late, remark: couldNot };
  return shown === 'over'
    ? { ...late, kind: 'resolved', remark: sentences(couldNot, 'The incident is over.') }
    : {
        ...late,
        kind: 'again',
        remark: sentences(
          couldNot,
          'That incident is over, but the alarm fires again: see the message before this one.',
        ),
      };
}

const couldNot = 'This notice could not be delivered earlier.';
const sentences = (...parts: (string | undefined)[]) => parts.filter((part) => part !== undefined).join(' ');
