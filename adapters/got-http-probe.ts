import { type ClientRequest, Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Socket } from 'node:net';
import { rootCertificates, type TLSSocket } from 'node:tls';
import got, { type Request, type Response } from 'got';
import type { HttpAnswer, HttpProbe, Timings } from '../core/checks/observe.ts';
import type { Clock } from '../core/time/clock.ts';
import { type FailedRequest, httpErrorOf } from './http-error.ts';
import { SystemClock } from './system-clock.ts';

type NoAnswer = Extract<HttpAnswer, { answered: false }>;

/** GETs with `got`: a fresh connection each time, so that every phase is measured and every certificate is seen. */
export class NodeHttpProbe implements HttpProbe {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #agent: { http: HttpAgent; https: HttpsAgent };

  /**
   * @param options.clock @default the machine's
   * @param options.trust certificates of authorities (PEM) to trust beside the platform's. @default none
   */
  constructor(options: { clock?: Pick<Clock, 'now'>; trust?: readonly string[] } = {}) {
    this.#clock = options.clock ?? new SystemClock();
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
    const certificate = watchCertificate(request);
    const noAnswer = (error: NoAnswer['error']): HttpAnswer => ({
      answered: false,
      error,
      timings: timingsOf(request),
      ...certificate,
    });
    try {
      const response = await answerOf(request);
      if (offHost !== undefined) {
        request.destroy();
        const message = `redirects to ${offHost}, which is not followed; check that URL itself`;
        return noAnswer({ class: 'redirect', message });
      }
      const body = await bodyOf(request, limits.maxBytes);
      if (body === undefined) {
        return noAnswer({ class: 'too-large', message: `the answer is longer than ${limits.maxBytes} bytes` });
      }
      const answeredAt = this.#clock.now();
      return {
        answered: true,
        status: response.statusCode,
        body,
        timings: timingsOf(request),
        answeredAt,
        ...certificate,
      };
    } catch (error) {
      const asked = { url, timings: timingsOf(request), timeoutMs: limits.timeoutMs };
      return noAnswer(httpErrorOf(error as FailedRequest, asked));
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

/**
 * Notes the end of the certificate that the server presents. It is read before Node judges the certificate, since Node
 * drops the connection of one that has expired, and then it can no longer be asked.
 */
function watchCertificate(request: Request): { certificateExpiresAt?: number } {
  const seen: { certificateExpiresAt?: number } = {};
  request.on('request', (sent: ClientRequest) => {
    sent.once('socket', (socket: Partial<TLSSocket> & Socket) => {
      socket.prependOnceListener('secure', () => {
        const validTo = socket.getPeerCertificate?.().valid_to;
        if (validTo) seen.certificateExpiresAt = Date.parse(validTo);
      });
    });
  });
  return seen;
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
