import * as z from 'zod';
import { secretUrl } from '../../definition/secret.ts';

/** The settings of a Slack channel. */
export const slackSettings = z.strictObject({
  channel: z.literal('slack'),
  /** The URL of the incoming webhook, as a secret. A literal URL is accepted for loopback hosts only. */
  webhook: secretUrl,
});

export type SlackSettings = z.output<typeof slackSettings>;

/**
 * A Slack channel with an incoming webhook. The webhook is a secret; a literal URL in the config is allowed for loopback
 * hosts only.
 * @example slack({ webhook: secret('tocsin/slack-webhook') })
 */
export const slack = (options: Omit<z.input<typeof slackSettings>, 'channel'>) => ({
  channel: 'slack' as const,
  ...options,
});
