import type { SecretUrl } from '../definition/secret.ts';
import type { Clock } from '../time/clock.ts';
import { oneLine } from './clean-text.ts';
import { PermanentError, TransientError } from './errors.ts';
import { pacer } from './pace.ts';
import { redact } from './redact.ts';
import { readSecretUrl } from './secret-url.ts';
import type { Carriers } from './send.ts';

/** The response of a webhook. */
export interface WebhookAnswer {
  status: number;
  /** The beginning of its body on one line, without any part of the secret URL. */
  text: string;
  /** The wait that it requested, in seconds. Undefined if it requested none. */
  retryAfterSeconds: number | undefined;
}

/** The carriers for posting to a webhook. */
export type WebhookCarriers = Pick<Carriers, 'secrets' | 'http'> & { clock: Clock };

/**
 * Posts JSON to URLs that are secrets. If the webhook refuses, the secret is read again without the cache and the message is
 * posted once more, because the secret may have changed.
 * @param options.spacingMs time between two posts to one URL, in milliseconds
 * @param options.protocols the allowed protocols of the URLs. @default https
 * @param options.isRefused whether a response means that the URL is invalid. @default 401, 403 and 404
 * @throws {PermanentError} when the value of the secret is not such a URL
 * @throws {TransientError} when there is no response. The error has no part of the URL
 */
export function webhookPoster(
  { secrets, http, clock }: WebhookCarriers,
  options: { spacingMs: number; protocols?: readonly string[]; isRefused?: (answer: WebhookAnswer) => boolean },
): (setting: SecretUrl, body: unknown) => Promise<WebhookAnswer> {
  const { protocols = ['https:'], isRefused = refusesByStatus } = options;
  const pace = pacer(clock, options.spacingMs);

  return async (setting, body) => {
    const attempt = async (fresh: boolean): Promise<WebhookAnswer> => {
      const url = await readSecretUrl(secrets, setting, { protocols, fresh });
      await pace(url);
      const answer = await post(http, url, body);
      return {
        status: answer.status,
        text: oneLine(redact(answer.body, url)),
        retryAfterSeconds: secondsUntil(answer.retryAfter, clock.now()),
      };
    };
    const answer = await attempt(false);
    return isRefused(answer) && typeof setting !== 'string' ? attempt(true) : answer;
  };
}

/** Whether a status means that posting to the URL is not, or no longer, allowed. */
export const refusesByStatus = ({ status }: Pick<WebhookAnswer, 'status'>): boolean =>
  status === 401 || status === 403 || status === 404;

/**
 * The error for a response that is not the provider's proof. A rate limit, a timeout and a server error are transient; so is
 * the response of a proxy, which redirects, or responds with a page or its own success. All others are permanent.
 * @param summary the response as the beginning of a sentence: `Slack responded with 404 no_service`
 * @param proof the response of the provider when it has the message: `Slack's "ok"`
 */
export function webhookError(
  { status, text, retryAfterSeconds }: WebhookAnswer,
  summary: string,
  proof: string,
): PermanentError | TransientError {
  if (status === 429 || status === 408 || status >= 500) return new TransientError(summary, { retryAfterSeconds });
  if (status < 400 || text.startsWith('<'))
    return new TransientError(`${summary}, which is not ${proof}; check for a proxy between Tocsin and the provider`, {
      mayHaveArrived: status < 300,
    });
  return new PermanentError(summary);
}

async function post(http: Carriers['http'], url: string, body: unknown) {
  try {
    return await http.post(url, body, { timeoutMs: 10_000 });
  } catch (error) {
    // A new error without a cause: the original may contain the URL, and the URL is the secret.
    throw new TransientError(redact(error instanceof Error ? error.message : String(error), url), {
      mayHaveArrived: error instanceof TransientError && error.mayHaveArrived,
    });
  }
}

/** `Retry-After` is a number of seconds or a date. */
function secondsUntil(retryAfter: string | undefined, now: number): number | undefined {
  if (retryAfter === undefined) return undefined;
  if (/^\d+$/.test(retryAfter.trim())) return Number(retryAfter);
  const at = Date.parse(retryAfter);
  return Number.isNaN(at) ? undefined : Math.max(0, Math.ceil((at - now) / 1000));
}
