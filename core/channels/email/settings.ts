import * as z from 'zod';
import { secretUrl } from '../../definition/secret.ts';

const address = z.email({ error: 'is not an email address' });

/** The settings of an email channel. */
export const emailSettings = z.strictObject({
  channel: z.literal('email'),
  /** The sender. On AWS, SES must have verified it. */
  from: address,
  /** The recipients, at most 50. */
  to: z.array(address).min(1, 'has no recipients').max(50, 'has more than 50 recipients, the limit of SES'),
  /** An SMTP relay, `smtp://user:password@host:587`. @default SES on AWS, the terminal and an outbox on the laptop */
  smtp: secretUrl.optional(),
});

export type EmailSettings = z.output<typeof emailSettings>;

/** The protocols of an SMTP relay. */
export const smtpProtocols = ['smtp:', 'smtps:'] as const;

/**
 * Email to one or more people. On AWS it is sent through SES; with `smtp`, through that relay.
 * @example email({ from: 'tocsin@example.com', to: ['ml-team@example.com'] })
 */
export const email = (options: Omit<z.input<typeof emailSettings>, 'channel'>) => ({
  channel: 'email' as const,
  ...options,
});
