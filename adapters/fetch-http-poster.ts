import { TransientError } from '../core/delivery/errors.ts';
import { redact } from '../core/delivery/redact.ts';
import type { HttpPoster } from '../core/delivery/send.ts';

/** How much of a response is read, in bytes: more than any error text, but not enough to fill the memory. */
const mostBytes = 4096;

/** Errors of connections that were never established: the message cannot have arrived. */
const neverConnected = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
];

/** POSTs JSON with the platform's fetch. Redirects are not followed: a message is sent only to its secret URL. */
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
      const text = await beginningOf(response);
      return { status: response.status, body: text, retryAfter: response.headers.get('retry-after') ?? undefined };
    } catch (error) {
      const reason = reasonOf(error, limits.timeoutMs);
      // Only the host is in the error: path and query of a webhook are its secret.
      throw new TransientError(`no response from ${new URL(url).host}: ${redact(reason, url)}`, {
        mayHaveArrived: !neverConnected.includes(reason),
      });
    }
  }
}

/** Reads the beginning of a body and cancels the rest. */
async function beginningOf({ body }: Response): Promise<string> {
  if (!body) return '';
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop cancels the stream and with it the connection.
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    chunks.push(chunk);
    size += chunk.byteLength;
    if (size >= mostBytes) break;
  }
  return new TextDecoder().decode(Buffer.concat(chunks).subarray(0, mostBytes));
}

function reasonOf(error: unknown, timeoutMs: number): string {
  if (!(error instanceof Error)) return 'unknown';
  if (error.name === 'TimeoutError') return `timeout after ${timeoutMs / 1000} s`;
  const { code, message } = (error.cause ?? {}) as { code?: unknown; message?: unknown };
  if (typeof code === 'string') return code;
  return typeof message === 'string' && message !== '' ? message : error.name;
}
