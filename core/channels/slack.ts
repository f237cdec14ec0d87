import * as z from 'zod';
import { secretUrl } from '../definition/secret.ts';
import { channelKind } from './channel-kind.ts';

/** A Slack channel behind an incoming webhook. */
export const slackChannel = channelKind({
  name: 'slack',
  settings: z.strictObject({ channel: z.literal('slack'), webhook: secretUrl }),
  secretUrls: { webhook: ['https:'] },
});

/**
 * A Slack channel. The webhook is a secret; in clear it may stand in the config for a loopback host only.
 * @example slack({ webhook: secret('tocsin/slack-webhook') })
 */
export const slack = (options: Omit<z.input<typeof slackChannel.settings>, 'channel'>) => ({
  channel: 'slack' as const,
  ...options,
});
