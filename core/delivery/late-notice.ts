import type { Notification } from '../../events/notification.ts';
import type { Leased, ShownState } from './deliveries.ts';

/**
 * A notification as it is sent now. A late notification has the state that the channel shows already, so that the last
 * message in a channel always shows the state of the alarm: if no incident is open, a late notification is green.
 */
export function asSentNow(
  notification: Notification,
  { late, mayRepeat }: Pick<Leased, 'late' | 'mayRepeat'>,
): Notification {
  const sent = late ? lateNotice(notification, late) : notification;
  if (!mayRepeat) return sent;
  return {
    ...sent,
    remark: sentences(sent.remark, 'This may be a duplicate: an earlier delivery attempt was interrupted.'),
  };
}

/** The first notification of an incident, after newer ones of its alarm, so that this incident is over. */
function lateNotice(notification: Notification, shown: ShownState): Notification {
  const late = { ...notification, title: `Late notice: ${notification.title}` };
  // An event opens no incident, so that nothing is over.
  if (notification.kind === 'news') return { ...late, remark: notEarlier };
  return shown === 'over'
    ? { ...late, kind: 'resolved', remark: sentences(notEarlier, 'The incident is over.') }
    : {
        ...late,
        kind: 'again',
        remark: sentences(notEarlier, 'This incident is over, but the alarm fires again: see the previous message.'),
      };
}

const notEarlier = 'This notification could not be delivered earlier.';
const sentences = (...parts: (string | undefined)[]) => parts.filter((part) => part !== undefined).join(' ');
