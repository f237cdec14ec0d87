import { clip } from '../../delivery/clean-text.ts';
import { PermanentError, TransientError } from '../../delivery/errors.ts';
import { type WebhookAnswer, webhookError } from '../../delivery/webhook.ts';

/** Slack's error codes that a person has to fix. */
const meanings: Readonly<Record<string, string>> = {
  no_service: 'the webhook was removed or its app is disabled; create a new webhook and store it as the secret',
  no_service_id: 'the webhook URL is incomplete; store it again',
  no_team: 'the workspace does not exist or the webhook URL is wrong; store it again',
  team_disabled: 'the workspace is disabled',
  invalid_token: 'the webhook was revoked or its URL is wrong; store it again',
  channel_not_found: 'the channel of the webhook was deleted or made private; create a new webhook',
  channel_is_archived: 'the channel is archived; unarchive it or create a new webhook',
  posting_to_general_channel_denied: 'only administrators are allowed to post to this channel',
  action_prohibited: 'an administrator of the workspace does not allow this action',
  invalid_payload: 'Slack could not read the message',
  invalid_blocks: 'Slack rejected the layout of the message',
  no_text: 'Slack found no text in the message',
};

/** Slack's error codes for too many messages. */
const rateLimits = ['rate_limited', 'ratelimited', 'message_limit_exceeded'];

/**
 * Slack's response "ok" is the proof. A status is not sufficient: a proxy or a login page responds with 200 as well.
 * @throws {PermanentError} when a person has to fix something first
 * @throws {TransientError} when a later attempt may succeed
 */
export function proofOf(answer: WebhookAnswer): string {
  const { status, text, retryAfterSeconds } = answer;
  if (status >= 200 && status < 300 && text === 'ok') return text;
  const code = errorCodeOf(text);
  const meaning = meanings[code];
  const summary = `Slack responded with ${status}${code ? ` ${code}` : ''}`;
  if (meaning) throw new PermanentError(`${summary}: ${meaning}`);
  if (rateLimits.includes(code)) throw new TransientError(summary, { retryAfterSeconds });
  throw webhookError(answer, summary, 'Slack\'s "ok"');
}

/** Slack's error code, from a response in text or as `{"ok":false,"error":"…"}`; otherwise the beginning of the response. */
export function errorCodeOf(text: string): string {
  const [, error] = /^\{.*"error"\s*:\s*"([a-z_]+)".*\}$/.exec(text) ?? [];
  return error ?? clip(text, 200);
}
