import { type ClientRequest, Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { LookupFunction, Socket } from 'node:net';
import { rootCertificates, type TLSSocket } from 'node:tls';
import type { Request, Response } from 'got';
import type { HttpProbe, HttpRequest, HttpResponse, Timings } from '../core/checks/observe.ts';
import { hideCredentials } from '../core/definition/http-url.ts';
import { clip, oneLine } from '../core/delivery/clean-text.ts';
import type { Clock } from '../core/time/clock.ts';
import { decodeBody, readBytes } from './http-body.ts';
import { type FailedRequest, httpErrorOf } from './http-error.ts';
import { sharedLookup } from './shared-lookup.ts';
import { SystemClock } from './system-clock.ts';

type NoAnswer = Extract<HttpResponse, { answered: false }>;

/**
 * Loads the HTTP client, which takes longer to load than the rest of a function. Not every volume has a URL, so the disk check
 * loads it with the first request. The health check loads it when the function starts: Lambda then gives it a full CPU, and an
 * invocation only a part of one.
 */
export const loadHttpClient = () => import('got');

/** GETs with `got`: a new connection each time, so that every phase is measured and every certificate is checked. */
export class NodeHttpProbe implements HttpProbe {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #agent: { http: HttpAgent; https: HttpsAgent };

  /**
   * @param options.clock @default the machine's
   * @param options.trust certificates of authorities (PEM) to trust in addition to the platform's. @default none
   */
  constructor(options: { clock?: Pick<Clock, 'now'>; trust?: readonly string[] } = {}) {
    this.#clock = options.clock ?? new SystemClock();
    const ca = options.trust && [...rootCertificates, ...options.trust];
    const lookup = sharedLookup() as LookupFunction;
    this.#agent = {
      http: new HttpAgent({ keepAlive: false, lookup }),
      https: new HttpsAgent({ keepAlive: false, maxCachedSessions: 0, lookup, ...(ca && { ca }) }),
    };
  }

  async get(url: string, ask: HttpRequest): Promise<HttpResponse> {
    const { got } = await loadHttpClient();
    let offOrigin: string | undefined;
    const request = got.stream(url, {
      agent: this.#agent,
      retry: { limit: 0 },
      throwHttpErrors: false,
      // Decoded here, because got supports only one of the two formats of `deflate`.
      decompress: false,
      timeout: { request: ask.timeoutMs, connect: ask.timeoutMs },
      headers: {
        accept: 'application/json, */*;q=0.5',
        'accept-encoding': 'gzip, deflate, br',
        'user-agent': 'tocsin-health-check',
        ...(ask.authorization !== undefined && { authorization: ask.authorization }),
      },
      maxRedirects: 5,
      followRedirect:
        (ask.followRedirects ?? true) &&
        ((response) => {
          // A response may have a location without being a redirect: 201 does.
          offOrigin = redirects.includes(response.statusCode) ? elsewhere(url, response) : undefined;
          return offOrigin === undefined;
        }),
    });
    // An error after the response was read has no other handler, and would end the process.
    request.on('error', () => {});
    const certificate = watchCertificate(request);
    const asked = () => ({ url, timings: timingsOf(request), timeoutMs: ask.timeoutMs });
    const noAnswer = (error: NoAnswer['error']): HttpResponse => ({
      answered: false,
      error,
      timings: timingsOf(request),
      ...certificate,
    });
    const deadline = startDeadline(request, ask.timeoutMs);
    try {
      const response = await Promise.race([answerOf(request), deadline.passed]);
      if (offOrigin !== undefined) {
        const message = `status ${response.statusCode} redirects to ${offOrigin}, which is not followed; check that URL itself`;
        return noAnswer({ class: 'redirect', message });
      }
      // After a protocol switch the connection uses another protocol.
      const stream = response.statusCode === 101 ? [] : request;
      const { bytes, fault } = await readBytes(stream, ask.maxBytes, (error) => {
        const { class: name, message } = httpErrorOf(error as FailedRequest, asked());
        return { class: name === 'read-timeout' ? name : 'connection', message };
      });
      const read = decodeBody(bytes, response.headers, ask.maxBytes);
      const bodyFault = fault ?? read.fault;
      return {
        answered: true,
        status: response.statusCode,
        body: read.text,
        ...(bodyFault && { bodyFault }),
        timings: timingsOf(request, fault !== undefined),
        answeredAt: this.#clock.now(),
        ...certificate,
      };
    } catch (error) {
      return noAnswer(httpErrorOf(error as FailedRequest, asked()));
    } finally {
      deadline.stop();
      request.destroy();
    }
  }
}

/** Status codes of redirects. */
const redirects = [300, 301, 302, 303, 307, 308];

/** The parts of a response that are used. */
type Answer = Pick<Response, 'statusCode' | 'headers'>;

/**
 * Resolves with the last response, after redirects. A response that switches protocols is included: Node reports it with
 * another event, and no other response would follow.
 */
const answerOf = (request: Request) =>
  new Promise<Answer>((resolve, reject) => {
    request.once('response', resolve).once('error', reject);
    request.once('close', () => reject(new Error('the connection was closed without a response')));
    request.on('request', (sent: ClientRequest) => {
      sent.once('upgrade', ({ statusCode = 101, headers }, socket) => {
        socket.destroy();
        resolve({ statusCode, headers });
      });
    });
  });

/** How long after got's own timeout a request is aborted, in milliseconds. */
const forceMs = 100;

/** Aborts a request soon after its timeout, in any state. */
function startDeadline(request: Request, timeoutMs: number) {
  let timer: NodeJS.Timeout | undefined;
  const passed = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      // got preserves the code when it wraps the error. In a busy process got's own timeout may fire later than ours.
      const error = Object.assign(new Error('timeout'), { name: 'TimeoutError', code: 'ETIMEDOUT' });
      reject(error);
      request.destroy(error);
    }, timeoutMs + forceMs);
  });
  // This promise is not awaited while the body is read; the stream's own error has the same information.
  passed.catch(() => {});
  return { passed, stop: () => clearTimeout(timer) };
}

/** The target of a redirect if it has another scheme, host or port, or credentials. */
function elsewhere(
  url: string,
  response: { url?: string; headers: { location?: string | undefined } },
): string | undefined {
  const { location } = response.headers;
  if (location === undefined) return undefined;
  if (!URL.canParse(location, response.url ?? url)) return clip(hideCredentials(oneLine(location)), 200);
  const to = new URL(location, response.url ?? url);
  if (to.username !== '' || to.password !== '') return `${clip(to.origin, 200)} with credentials`;
  if (to.origin === new URL(url).origin) return undefined;
  return clip(to.origin === 'null' ? `a ${to.protocol} address` : to.origin, 200);
}

/**
 * Records the expiry of the server's certificate. It is read before Node validates the certificate, because Node closes the
 * connection if the certificate has expired, and then it is no longer available.
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

/**
 * The phases as got measured them; after redirects, those of the last request. If the body was not read completely, the total
 * time ends with the response headers, because the rest is not caused by the service.
 */
function timingsOf({ timings }: Request, isCut = false): Timings {
  if (!timings) return {};
  const { dns, tcp, tls, firstByte } = timings.phases;
  // Until it has a socket the request waits for this process, not for the service.
  const startedAt = timings.socket ?? timings.start;
  const endedAt = isCut ? timings.response : (timings.end ?? timings.error ?? timings.abort ?? timings.response);
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
