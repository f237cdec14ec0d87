import { isIP } from 'node:net';
import type { HttpResponse, Timings } from '../core/checks/observe.ts';
import { clip, oneLine } from '../core/delivery/clean-text.ts';

type HttpError = Extract<HttpResponse, { answered: false }>['error'];

/** The error of a failed request: Node's error code, and for got's timeouts the phase that timed out. */
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

/** The meaning of an error code. An alert shows it as the cause. */
const sentences: Readonly<Record<string, (asked: URL) => string>> = {
  ECONNREFUSED: ({ host }) => `connection refused by ${host}`,
  ECONNRESET: ({ host }) => `connection reset by ${host}`,
  EHOSTUNREACH: ({ host }) => `no route to ${host}`,
  ENETUNREACH: ({ host }) => `no route to ${host}`,
  ENOTFOUND: ({ hostname }) => `DNS has no address for ${hostname}`,
  EAI_AGAIN: ({ hostname }) => `no DNS server responded for ${hostname}`,
};

/** The class of a network error, and a sentence about it. */
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

/** A timeout is assigned to the phase that was in progress. An IP address needs no DNS lookup. */
function timeoutOf({ url, timings, timeoutMs }: { url: string; timings: Timings; timeoutMs: number }): HttpError {
  const { protocol, hostname } = new URL(url);
  const within = `within ${timeoutMs / 1000} s`;
  const isAddress = isIP(hostname.replace(/^\[|\]$/g, '')) !== 0;
  if (timings.dnsMs === undefined && timings.connectMs === undefined && !isAddress) {
    return { class: 'dns', message: `DNS did not resolve the name ${within}` };
  }
  if (timings.connectMs === undefined) return { class: 'connect-timeout', message: `no connection ${within}` };
  if (protocol === 'https:' && timings.tlsMs === undefined) {
    return { class: 'tls', message: `connected, but the TLS handshake did not complete ${within}` };
  }
  return { class: 'read-timeout', message: `connected, but no complete response ${within}` };
}
