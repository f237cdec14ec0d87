import { clip } from '../../delivery/clean-text.ts';
import { PermanentError, TransientError } from '../../delivery/errors.ts';
import { type WebhookAnswer, webhookError } from '../../delivery/webhook.ts';

/** Slack's words for what a person has to fix. */
const meanings: Readonly<Record<string, string>> = {
  no_service: 'the webhook was removed or its app is disabled; make a new one and store it as the secret',
  no_service_id: 'the webhook URL is cut short; store it again',
  no_team: 'the workspace is gone or the webhook URL is wrong; store it again',
  team_disabled: 'the workspace is disabled',
  invalid_token: 'the webhook was revoked or its URL is wrong; store it again',
  channel_not_found: 'the channel of the webhook was deleted or made private; make a new webhook',
  channel_is_archived: 'the channel is archived; unarchive it or make a new webhook',
  posting_to_general_channel_denied: 'only admins may post to this channel',
  action_prohibited: 'an admin of the workspace does not allow it',
  invalid_payload: 'Slack could not read the message',
  invalid_blocks: 'Slack refuses the layout of the message',
  no_text: 'Slack found no text in the message',
};

/** Slack's words for too many messages. */
const rateLimits = ['rate_limited', 'ratelimited', 'message_limit_exceeded'];

/**
 * Slack's own "ok" is the proof. A status is none: a proxy or a login page answers 200 as well.
 * @throws {PermanentError} when a person has to fix something first
 * @throws {TransientError} when the message may be taken later
 */
export function proofOf(answer: WebhookAnswer): string {
  const { status, said, retryAfterSeconds } = answer;
  if (status >= 200 && status < 300 && said === 'ok') return said;
  const word = errorWordOf(said);
  const meaning = meanings[word];
  const says = `Slack answered ${status}${word ? ` ${word}` : ''}`;
  if (meaning) throw new PermanentError(`${says}: ${meaning}`);
  if (rateLimits.includes(word)) throw new TransientError(says, { retryAfterSeconds });
  throw webhookError(answer, says, 'Slack\'s "ok"');
}

/** Slack's word for what is wrong, as text or as `{"ok":false,"error":"…"}`; else the beginning of what was answered. */
export function errorWordOf(said: string): string {
  const [, error] = /^\{.*"error"\s*:\s*"([a-z_]+)".*\}$/.exec(said) ?? [];
  return error ?? clip(said, 200);
}
