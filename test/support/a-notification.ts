import * as z from 'zod';
import sample from '../../events/notification.sample.json' with { type: 'json' };
import { type Notification, notification } from '../../events/notification.ts';

/** The sample notification with some fields of one's own. */
export const aNotification = (fields: Partial<Notification> = {}): Notification => ({
  ...notification.parse(sample),
  ...fields,
});

/** A notification as it travels. */
export const wireOf = (sent: Notification): string => JSON.stringify(z.encode(notification, sent));
