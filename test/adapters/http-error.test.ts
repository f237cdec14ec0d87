import { describe, expect, it } from 'vitest';
import { httpErrorOf } from '../../adapters/http-error.ts';

const timeout = { name: 'TimeoutError', code: 'ETIMEDOUT', message: "Timeout awaiting 'request' for 5000ms" };
const asked = (url: string, timings = {}) => ({ url, timings, timeoutMs: 5000 });

describe('a timeout belongs to the phase that was not over', () => {
  it.each([
    { phase: 'the look-up of a name', asked: asked('http://a.example/'), errorClass: 'dns' },
    {
      phase: 'connecting to a name that was found',
      asked: asked('http://a.example/', { dnsMs: 3 }),
      errorClass: 'connect-timeout',
    },
    { phase: 'connecting to an address', asked: asked('http://10.0.0.1/'), errorClass: 'connect-timeout' },
    { phase: 'connecting to an IPv6 address', asked: asked('http://[2001:db8::1]/'), errorClass: 'connect-timeout' },
    { phase: 'agreeing on TLS', asked: asked('https://a.example/', { dnsMs: 3, connectMs: 20 }), errorClass: 'tls' },
    {
      phase: 'waiting for the answer',
      asked: asked('http://a.example/', { dnsMs: 3, connectMs: 20 }),
      errorClass: 'read-timeout',
    },
    {
      phase: 'waiting for the answer over TLS',
      asked: asked('https://a.example/', { dnsMs: 3, connectMs: 20, tlsMs: 9 }),
      errorClass: 'read-timeout',
    },
  ])('$phase: $errorClass', ({ asked, errorClass }) => {
    expect(httpErrorOf(timeout, asked)).toMatchObject({
      class: errorClass,
      message: expect.stringContaining('within 5 s'),
    });
  });
});

describe('an error of the network has the class of its code', () => {
  it.each([
    ['ENOTFOUND', 'dns'],
    ['EAI_AGAIN', 'dns'],
    ['ECONNREFUSED', 'refused'],
    ['CERT_HAS_EXPIRED', 'tls'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls'],
    ['ECONNRESET', 'connection'],
    ['EHOSTUNREACH', 'connection'],
    ['ESOMETHINGNEW', 'connection'],
  ])('%s is %s', (code, errorClass) => {
    const error = httpErrorOf({ code, message: 'line one\nline two' }, asked('https://a.example/'));
    expect(error).toEqual({ class: errorClass, message: expect.any(String) });
    expect(error.message).not.toContain('\n');
  });

  it.each([
    ['ECONNREFUSED', 'connection refused by a.example:8443 (ECONNREFUSED)'],
    ['ENOTFOUND', 'DNS has no address for a.example (ENOTFOUND)'],
    ['ESOMETHINGNEW', 'line one line two'],
  ])('and says what %s means: %s', (code, message) => {
    const error = httpErrorOf({ code, message: 'line one\nline two' }, asked('https://a.example:8443/?key=1'));
    expect(error.message).toBe(message);
  });
});
