import type { SecretUrl } from '../definition/secret.ts';
import type { Clock } from '../time/clock.ts';
import { oneLine } from './clean-text.ts';
import { PermanentError, TransientError } from './errors.ts';
import { pacer } from './pace.ts';
import { redact } from './redact.ts';
import { readSecretUrl } from './secret-url.ts';
import type { Carriers } from './send.ts';

/** What a webhook answered. */
export interface WebhookAnswer {
  status: number;
  /** The beginning of its body on one line, with no part of the secret URL in it. */
  said: string;
  /** When it asked to be called again, in seconds; undefined when it did not say. */
  retryAfterSeconds: number | undefined;
}

/** What a webhook is posted with. */
export type WebhookCarriers = Pick<Carriers, 'secrets' | 'http'> & { clock: Clock };

/**
 * Posts JSON to URLs that are secrets. A refusal is answered by fetching the secret past its cache and posting once more:
 * somebody may have changed it.
 * @param options.spacingMs time between two posts to one URL, in milliseconds
 * @param options.protocols those that the URLs may have. @default https
 * @param options.isRefused whether an answer speaks against the URL. @default 401, 403 and 404
 * @throws {PermanentError} when the secret holds no such URL
 * @throws {TransientError} when no answer comes; it holds no part of the URL
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
        said: oneLine(redact(answer.body, url)),
        retryAfterSeconds: secondsUntil(answer.retryAfter, clock.now()),
      };
    };
    const answer = await attempt(false);
    return isRefused(answer) && typeof setting !== 'string' ? attempt(true) : answer;
  };
}

/** Whether a status says that the URL is not, or no longer, allowed to post. */
export const refusesByStatus = ({ status }: Pick<WebhookAnswer, 'status'>): boolean =>
  status === 401 || status === 403 || status === 404;

/**
 * The error for an answer that is not the provider's proof. Too many messages, a time-out and a fault of the provider may
 * pass; so may an answer of a proxy in between, which redirects, answers with a page, or with a success of its own.
 * Anything else does not.
 * @param says what was answered, as a sentence begins: `Slack answered 404 no_service`
 * @param proof what the provider answers when it has the message: `Slack's "ok"`
 */
export function webhookError(
  { status, said, retryAfterSeconds }: WebhookAnswer,
  says: string,
  proof: string,
): PermanentError | TransientError {
  if (status === 429 || status === 408 || status >= 500) return new TransientError(says, { retryAfterSeconds });
  if (status < 400 || said.startsWith('<'))
    return new TransientError(`${says}, which is not ${proof}: is a proxy in between?`, {
      mayHaveArrived: status < 300,
    });
  return new PermanentError(says);
}

async function post(http: Carriers['http'], url: string, body: unknown) {
  try {
    return await http.post(url, body, { timeoutMs: 10_000 });
  } catch (error) {
    // Built anew and without a cause: what failed may quote the URL, and the URL is the secret.
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
