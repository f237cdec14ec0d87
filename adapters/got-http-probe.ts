import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { rootCertificates, type TLSSocket } from 'node:tls';
import got, { type Request, type Response } from 'got';
import type { HttpAnswer, HttpProbe, Timings } from '../core/checks/observe.ts';
import type { Clock } from '../core/time/clock.ts';
import { type FailedRequest, httpErrorOf } from './http-error.ts';

/** GETs with `got`: a fresh connection each time, so that every phase is measured and every certificate is seen. */
export class NodeHttpProbe implements HttpProbe {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #agent: { http: HttpAgent; https: HttpsAgent };

  /** @param options.trust certificates of authorities (PEM) to trust beside the platform's. @default none */
  constructor(options: { clock: Pick<Clock, 'now'>; trust?: readonly string[] }) {
    this.#clock = options.clock;
    const ca = options.trust && [...rootCertificates, ...options.trust];
    this.#agent = {
      http: new HttpAgent({ keepAlive: false }),
      https: new HttpsAgent({ keepAlive: false, maxCachedSessions: 0, ...(ca && { ca }) }),
    };
  }

  async get(url: string, limits: { timeoutMs: number; maxBytes: number }): Promise<HttpAnswer> {
    let offHost: string | undefined;
    const request = got.stream(url, {
      agent: this.#agent,
      retry: { limit: 0 },
      throwHttpErrors: false,
      timeout: { request: limits.timeoutMs, connect: limits.timeoutMs },
      headers: { accept: 'application/json, */*;q=0.5', 'user-agent': 'tocsin-health-check' },
      maxRedirects: 5,
      followRedirect: (response) => {
        offHost = elsewhere(url, response);
        return offHost === undefined;
      },
    });
    try {
      const response = await answerOf(request);
      const certificateExpiresAt = certificateOf(response);
      if (offHost !== undefined) {
        request.destroy();
        const message = `redirects to ${offHost}, which is not followed; check that URL itself`;
        return { answered: false, error: { class: 'redirect', message }, timings: timingsOf(request) };
      }
      const body = await bodyOf(request, limits.maxBytes);
      if (body === undefined) {
        const message = `the answer is longer than ${limits.maxBytes} bytes`;
        return { answered: false, error: { class: 'too-large', message }, timings: timingsOf(request) };
      }
      return {
        answered: true,
        status: response.statusCode,
        body,
        timings: timingsOf(request),
        answeredAt: this.#clock.now(),
        ...(certificateExpiresAt !== undefined && { certificateExpiresAt }),
      };
    } catch (error) {
      const timings = timingsOf(request);
      return {
        answered: false,
        error: httpErrorOf(error as FailedRequest, { url, timings, timeoutMs: limits.timeoutMs }),
        timings,
      };
    }
  }
}

/** Resolves with the last response, after the redirects. */
const answerOf = (request: Request) =>
  new Promise<Response>((resolve, reject) => {
    request.once('response', resolve).once('error', reject);
  });

/** The body as text, or undefined when it is too long; counted after decompression. */
async function bodyOf(request: Request, maxBytes: number): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
    size += (chunk as Buffer).length;
    if (size > maxBytes) return undefined;
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Where a redirect leads when that is another host, or from TLS to plain HTTP. */
function elsewhere(
  url: string,
  response: { url?: string; headers: { location?: string | undefined } },
): string | undefined {
  const from = new URL(url);
  const { location = '' } = response.headers;
  if (!URL.canParse(location, response.url ?? url)) return location;
  const to = new URL(location, response.url ?? url);
  const downgraded = from.protocol === 'https:' && to.protocol !== 'https:';
  return to.hostname === from.hostname && !downgraded ? undefined : to.origin;
}

function certificateOf(response: Response): number | undefined {
  const socket = response.socket as Partial<TLSSocket>;
  const validTo = socket.getPeerCertificate?.().valid_to;
  return validTo === undefined ? undefined : Date.parse(validTo);
}

/** The phases as got measured them; those of the last request when there were redirects. */
function timingsOf({ timings }: Request): Timings {
  if (!timings) return {};
  const { dns, tcp, tls, firstByte } = timings.phases;
  const startedAt = timings.start;
  const endedAt = timings.end ?? timings.error ?? timings.abort;
  return Object.fromEntries(
    Object.entries({
      dnsMs: dns,
      connectMs: tcp,
      tlsMs: tls,
      firstByteMs: firstByte,
      totalMs: endedAt === undefined ? undefined : endedAt - startedAt,
    }).filter(([, ms]) => ms !== undefined),
  );
}
