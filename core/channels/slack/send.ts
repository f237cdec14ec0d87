import type { Send } from '../../delivery/send.ts';
import { refusesByStatus, type WebhookAnswer, type WebhookCarriers, webhookPoster } from '../../delivery/webhook.ts';
import { errorWordOf, proofOf } from './answer.ts';
import { slackMessage } from './message.ts';
import type { SlackSettings } from './settings.ts';

/** A webhook takes about one message a second. */
export const slackSpacingMs = 1000;

/** Slack's words for a webhook that is outdated. */
const refusingWords = ['no_service', 'no_team', 'invalid_token'];
const isRefused = (answer: WebhookAnswer) =>
  refusesByStatus(answer) || refusingWords.includes(errorWordOf(answer.said));

/**
 * Delivers to incoming webhooks, to each no more often than Slack takes messages.
 * @param carriers.spacingMs time between two messages to one webhook, in milliseconds. @default {@link slackSpacingMs}
 */
export function sender(carriers: WebhookCarriers & { spacingMs?: number }): Send<SlackSettings> {
  const post = webhookPoster(carriers, { spacingMs: carriers.spacingMs ?? slackSpacingMs, isRefused });
  return async (notification, { webhook }) => ({ proof: proofOf(await post(webhook, slackMessage(notification))) });
}
