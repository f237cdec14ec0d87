import { secret } from '../../definition/secret.ts';
import { channelKind } from '../channel-kind.ts';
import { slackPreview } from './preview.ts';
import { slackProvider } from './provider.ts';
import { slackReceiver } from './receiver.ts';
import { slack, slackSettings } from './settings.ts';

export { slack };

/** The Slack channel, with an incoming webhook. */
export const slackChannel = channelKind({
  name: 'slack',
  label: 'Slack',
  settings: slackSettings,
  example: slack({ webhook: secret('tocsin/slack-webhook') }),
  secrets: { webhook: { url: ['https:'] } },
  sender: async () => (await import('./send.ts')).sender,
  provider: slackProvider,
  preview: slackPreview,
  receiver: slackReceiver,
});
