import * as z from 'zod';
import { secretUrl } from '../../definition/secret.ts';

/** What the config says of a Slack channel. */
export const slackSettings = z.strictObject({
  channel: z.literal('slack'),
  /** The URL of the incoming webhook, as a secret. A literal URL is accepted for loopback hosts only. */
  webhook: secretUrl,
});

export type SlackSettings = z.output<typeof slackSettings>;

/**
 * A Slack channel behind an incoming webhook. The webhook is a secret; in clear it may stand in the config for a loopback
 * host only.
 * @example slack({ webhook: secret('tocsin/slack-webhook') })
 */
export const slack = (options: Omit<z.input<typeof slackSettings>, 'channel'>) => ({
  channel: 'slack' as const,
  ...options,
});
