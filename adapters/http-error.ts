import { isIP } from 'node:net';
import type { HttpResponse, Timings } from '../core/checks/observe.ts';
import { clip, oneLine } from '../core/delivery/clean-text.ts';

type HttpError = Extract<HttpResponse, { answered: false }>['error'];

/** What a failed request says of itself: Node's error code, and for got's timeouts the phase that ran out. */
export interface FailedRequest {
  name?: string;
  code?: string | undefined;
  message?: string;
  event?: string;
}

const classes: Readonly<Record<string, HttpError['class']>> = {
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  EAI_FAIL: 'dns',
  EAI_NODATA: 'dns',
  ENODATA: 'dns',
  ECONNREFUSED: 'refused',
  EPROTO: 'tls',
  CERT_HAS_EXPIRED: 'tls',
  CERT_NOT_YET_VALID: 'tls',
  CERT_REVOKED: 'tls',
  CERT_UNTRUSTED: 'tls',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tls',
  SELF_SIGNED_CERT_IN_CHAIN: 'tls',
  UNABLE_TO_GET_ISSUER_CERT: 'tls',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'tls',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'tls',
  HOSTNAME_MISMATCH: 'tls',
  ERR_TOO_MANY_REDIRECTS: 'redirect',
};

/** What a code means, for those who do not know it; an alert repeats it as the cause. */
const sentences: Readonly<Record<string, (asked: URL) => string>> = {
  ECONNREFUSED: ({ host }) => `connection refused by ${host}`,
  ECONNRESET: ({ host }) => `connection reset by ${host}`,
  EHOSTUNREACH: ({ host }) => `no route to ${host}`,
  ENETUNREACH: ({ host }) => `no route to ${host}`,
  ENOTFOUND: ({ hostname }) => `the name ${hostname} has no address`,
  EAI_AGAIN: ({ hostname }) => `no name server answered for ${hostname}`,
};

/** The class of an error of the network, and a sentence with what was waited for. */
export function httpErrorOf(
  error: FailedRequest,
  asked: { url: string; timings: Timings; timeoutMs: number },
): HttpError {
  const code = error.code ?? '';
  if (error.name === 'TimeoutError' || code === 'ETIMEDOUT') return timeoutOf(asked);
  const isTls = code.startsWith('ERR_TLS_') || code.startsWith('ERR_SSL_');
  const plain = sentences[code]?.(new URL(asked.url));
  const message = plain ? `${plain} (${code})` : clip(oneLine(error.message || code || 'unknown'), 300);
  return { class: isTls ? 'tls' : (classes[code] ?? 'connection'), message };
}

/** A timeout belongs to the phase that had begun and was not over. An address in place of a name needs no look-up. */
function timeoutOf({ url, timings, timeoutMs }: { url: string; timings: Timings; timeoutMs: number }): HttpError {
  const { protocol, hostname } = new URL(url);
  const within = `within ${timeoutMs / 1000} s`;
  const isAddress = isIP(hostname.replace(/^\[|\]$/g, '')) !== 0;
  if (timings.dnsMs === undefined && timings.connectMs === undefined && !isAddress) {
    return { class: 'dns', message: `the name was not resolved ${within}` };
  }
  if (timings.connectMs === undefined) return { class: 'connect-timeout', message: `no connection ${within}` };
  if (protocol === 'https:' && timings.tlsMs === undefined) {
    return { class: 'tls', message: `connected, but TLS was not agreed on ${within}` };
  }
  return { class: 'read-timeout', message: `connected, but no whole answer ${within}` };
}
