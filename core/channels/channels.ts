// The list of channels: a new kind is its folder, its function, and its lines here.
import { email, emailChannel } from './email/email.ts';
import { slack, slackChannel } from './slack/slack.ts';

/** The builders that a config uses. */
export { email, slack };

/** Every kind of channel that Tocsin has. */
export const channelKinds = [emailChannel, slackChannel] as const;
