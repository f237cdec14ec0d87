import * as z from 'zod';
import sample from '../../events/notification.sample.json' with { type: 'json' };
import { type Notification, notification } from '../../events/notification.ts';

/** The sample notification with some fields of one's own. It was over when it says so, unless the fields say else. */
export const aNotification = (fields: Partial<Notification> = {}): Notification => {
  const sent = { ...notification.parse(sample), ...fields };
  return sent.kind === 'resolved' && !('resolvedAt' in fields) ? { ...sent, resolvedAt: sent.at } : sent;
};

/** A notification as it travels. */
export const wireOf = (sent: Notification): string => JSON.stringify(z.encode(notification, sent));
