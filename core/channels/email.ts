import * as z from 'zod';
import { secretUrl } from '../definition/secret.ts';
import { channelKind } from './channel-kind.ts';

const address = z.email({ error: 'is not an email address' });

/** People who read mail. On AWS it goes out through SES; with `smtp`, through that relay. */
export const emailChannel = channelKind({
  name: 'email',
  settings: z.strictObject({
    channel: z.literal('email'),
    from: address,
    to: z.array(address).min(1, 'has no recipients').max(50, 'has more than 50 recipients, the most that SES takes'),
    /** An SMTP relay, `smtp://user:password@host:587`. @default SES on AWS, the terminal and an outbox on the laptop */
    smtp: secretUrl.optional(),
  }),
  secretUrls: { smtp: ['smtp:', 'smtps:'] },
});

export type EmailSettings = z.output<typeof emailChannel.settings>;

/**
 * Email to one or more people.
 * @example email({ from: 'tocsin@example.com', to: ['ml-team@example.com'] })
 */
export const email = (options: Omit<z.input<typeof emailChannel.settings>, 'channel'>) => ({
  channel: 'email' as const,
  ...options,
});
