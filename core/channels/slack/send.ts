import type { Send } from '../../delivery/send.ts';
import { refusesByStatus, type WebhookAnswer, type WebhookCarriers, webhookPoster } from '../../delivery/webhook.ts';
import { errorCodeOf, proofOf } from './answer.ts';
import { slackMessage } from './message.ts';
import type { SlackSettings } from './settings.ts';

/** The time between two messages to one webhook, in milliseconds. Slack accepts about one message per second. */
export const slackSpacingMs = 1000;

/** Slack's error codes for a webhook that is no longer valid. */
const refusalCodes = ['no_service', 'no_team', 'invalid_token'];
const isRefused = (answer: WebhookAnswer) => refusesByStatus(answer) || refusalCodes.includes(errorCodeOf(answer.text));

/**
 * Delivers to incoming webhooks, to each at the rate that Slack accepts.
 * @param carriers.spacingMs time between two messages to one webhook, in milliseconds. @default {@link slackSpacingMs}
 */
export function sender(carriers: WebhookCarriers & { spacingMs?: number }): Send<SlackSettings> {
  const post = webhookPoster(carriers, { spacingMs: carriers.spacingMs ?? slackSpacingMs, isRefused });
  return async (notification, { webhook }) => ({ proof: proofOf(await post(webhook, slackMessage(notification))) });
}
