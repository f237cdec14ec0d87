import { slackChannel } from '../../core/channels/slack.ts';
import { clip, oneLine } from '../../core/delivery/clean-text.ts';
import { PermanentError, TransientError } from '../../core/delivery/errors.ts';
import { redact } from '../../core/delivery/redact.ts';
import { readSecretUrl } from '../../core/delivery/secret-url.ts';
import type { Carriers, Send } from '../../core/delivery/send.ts';
import type { Clock } from '../../core/time/clock.ts';
import { slackMessage } from './message.ts';

type Answer = Awaited<ReturnType<Carriers['http']['post']>>;

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

/** An outdated secret is answered with one of these; only then is it worth fetching it past the cache. */
const refusals = [401, 403, 404];
const refusingWords = ['no_service', 'no_team', 'invalid_token'];
const isRefused = ({ status, body }: Answer) =>
  refusals.includes(status) || refusingWords.includes(errorWordOf(oneLine(body)));

/** Delivers to incoming webhooks, to each no more often than Slack takes messages. */
export function sender(
  carriers: Pick<Carriers, 'secrets' | 'http'> & {
    clock: Clock;
    /** Time between two messages to one webhook, in milliseconds. @default 1000 */
    spacingMs?: number;
  },
): Send {
  const pace = pacer(carriers.clock, carriers.spacingMs ?? 1000);

  return async (notification, settings) => {
    if (settings.channel !== 'slack')
      throw new PermanentError(`a Slack sender was given a ${settings.channel} channel`);
    const message = slackMessage(notification);
    const attempt = async (fresh: boolean): Promise<[Answer, string]> => {
      const url = await readSecretUrl(carriers.secrets, settings.webhook, {
        protocols: slackChannel.secretUrls.webhook,
        fresh,
      });
      await pace(url);
      return [await post(carriers.http, url, message), url];
    };

    let [answer, url] = await attempt(false);
    if (isRefused(answer) && typeof settings.webhook !== 'string') [answer, url] = await attempt(true);
    return { proof: proofOf(answer, url, carriers.clock.now()) };
  };
}

async function post(http: Carriers['http'], url: string, body: unknown): Promise<Answer> {
  try {
    return await http.post(url, body, { timeoutMs: 10_000 });
  } catch (error) {
    // Built anew and without a cause: what failed may quote the URL, and the URL is the secret.
    throw new TransientError(redact(error instanceof Error ? error.message : String(error), url), {
      mayHaveArrived: error instanceof TransientError && error.mayHaveArrived,
    });
  }
}

/** Slack's own "ok" is the proof. A status is none: a proxy or a login page answers 200 as well. */
function proofOf(answer: Answer, url: string, now: number): string {
  const { status } = answer;
  const said = oneLine(redact(answer.body, url));
  if (status >= 200 && status < 300 && said === 'ok') return said;
  const word = errorWordOf(said);
  const meaning = meanings[word];
  const says = `Slack answered ${status}${word ? ` ${word}` : ''}`;
  if (meaning) throw new PermanentError(`${says}: ${meaning}`);
  const retryAfterSeconds = secondsUntil(answer.retryAfter, now);
  if (status === 429 || rateLimits.includes(word)) throw new TransientError(says, { retryAfterSeconds });
  if (status >= 500 || status === 408) throw new TransientError(says, { retryAfterSeconds });
  // Slack redirects nobody and writes no pages: what does is in between, and its answer is no word of Slack's.
  if (status < 400 || said.startsWith('<'))
    throw new TransientError(`${says}, which is not Slack's "ok": is a proxy in between?`, {
      mayHaveArrived: status < 300,
    });
  throw new PermanentError(says);
}

/** Slack's word for what is wrong, as text or as `{"ok":false,"error":"…"}`; else the beginning of what was answered. */
function errorWordOf(said: string): string {
  const [, error] = /^\{.*"error"\s*:\s*"([a-z_]+)".*\}$/.exec(said) ?? [];
  return error ?? clip(said, 200);
}

/** `Retry-After` is a number of seconds or a date. */
function secondsUntil(retryAfter: string | undefined, now: number): number | undefined {
  if (retryAfter === undefined) return undefined;
  if (/^\d+$/.test(retryAfter.trim())) return Number(retryAfter);
  const at = Date.parse(retryAfter);
  return Number.isNaN(at) ? undefined : Math.max(0, Math.ceil((at - now) / 1000));
}

/** Gives each webhook its slots, one after the other. */
function pacer(clock: Clock, spacingMs: number) {
  const nextSlot = new Map<string, number>();
  return async (url: string) => {
    const now = clock.now();
    const slot = Math.max(now, nextSlot.get(url) ?? now);
    nextSlot.set(url, slot + spacingMs);
    if (slot > now) await clock.sleep(slot - now);
  };
}
