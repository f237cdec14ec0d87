import { TransientError } from '../core/delivery/errors.ts';
import { redact } from '../core/delivery/redact.ts';
import type { HttpPoster } from '../core/delivery/send.ts';

/** POSTs JSON with the platform's fetch. Redirects are answers: a secret URL's message goes nowhere else. */
export class FetchHttpPoster implements HttpPoster {
  async post(url: string, body: unknown, limits: { timeoutMs: number }) {
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: JSON.stringify(body),
        redirect: 'manual',
        signal: AbortSignal.timeout(limits.timeoutMs),
      });
      const text = await response.text();
      return { status: response.status, body: text, retryAfter: response.headers.get('retry-after') ?? undefined };
    } catch (error) {
      // Only the host is named: path and query of a webhook are its secret.
      throw new TransientError(
        `no answer from ${new URL(url).host}: ${redact(reasonOf(error, limits.timeoutMs), url)}`,
      );
    }
  }
}

function reasonOf(error: unknown, timeoutMs: number): string {
  if (!(error instanceof Error)) return 'unknown';
  if (error.name === 'TimeoutError') return `none within ${timeoutMs / 1000} s`;
  const { code, message } = (error.cause ?? {}) as { code?: unknown; message?: unknown };
  if (typeof code === 'string') return code;
  return typeof message === 'string' && message !== '' ? message : error.name;
}
