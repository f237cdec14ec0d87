import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NodeHttpProbe } from '../../adapters/got-http-probe.ts';
import { selfSigned } from '../support/self-signed.ts';

const answeredAt = Date.parse('2026-11-21T02:10:00Z');
const clock = { now: () => answeredAt };
const limits = { timeoutMs: 5000, maxBytes: 1000 };
// The certificate must be valid while the test runs, so its end is counted from the machine's own day.
const validTo = Math.floor(Date.now() / 1000) * 1000 + 30 * 86_400_000;
const identity = selfSigned(validTo);

/** What the server does with each path. */
const pages: Record<string, RequestListener> = {
  '/health': (_, response) => response.end('{"status":"healthy"}'),
  '/headers': (request, response) => response.end(JSON.stringify(request.headers)),
  '/error': (_, response) => response.writeHead(503).end('busy'),
  '/big': (_, response) => response.end('x'.repeat(1001)),
  '/bomb': (_, response) =>
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('x'.repeat(1_000_000))),
  '/moved': (_, response) => response.writeHead(302, { location: '/health' }).end(),
  '/elsewhere': (_, response) => response.writeHead(302, { location: 'http://localhost:1/health' }).end(),
  '/nowhere': (_, response) => response.writeHead(302, { location: 'http://' }).end(),
  '/loop': (_, response) => response.writeHead(302, { location: '/loop' }).end(),
  '/silent': () => {},
  '/drip': (_, response) => void response.writeHead(200).write('{'),
  '/reset': (request) => void request.socket.destroy(),
  '/half': (request, response) =>
    void response.writeHead(200, { 'content-length': 100 }).write('{', () => request.socket.destroy()),
};
const answer: RequestListener = (request, response) => pages[request.url ?? '']?.(request, response);

const http = createHttpServer(answer);
const https = createHttpsServer(identity, answer);
const mute = createTcpServer(() => {});
const servers = [http, https, mute] as const;
const listen = (server: Server) => new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
const portOf = (server: Server) => (server.address() as AddressInfo).port;
const sockets = new Set<{ destroy(): void }>();

beforeAll(async () => {
  for (const server of servers) server.on('connection', (socket) => sockets.add(socket));
  await Promise.all(servers.map(listen));
});
afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
});

const get = (path: string, options = limits) =>
  new NodeHttpProbe({ clock }).get(`http://127.0.0.1:${portOf(http)}${path}`, options);

describe('an answer', () => {
  it('of any status is one, with its body, the phases of the request, and when it was whole', async () => {
    expect(await get('/health')).toEqual({
      answered: true,
      status: 200,
      body: '{"status":"healthy"}',
      timings: {
        dnsMs: expect.any(Number),
        connectMs: expect.any(Number),
        firstByteMs: expect.any(Number),
        totalMs: expect.any(Number),
      },
      answeredAt,
    });
    expect(await get('/error')).toMatchObject({ answered: true, status: 503, body: 'busy' });
  });

  it('is asked for by a name of our own', async () => {
    expect(await get('/headers')).toHaveProperty('body', expect.stringContaining('"user-agent":"tocsin-health-check"'));
  });

  it('may lie behind a redirect on the same host', async () => {
    expect(await get('/moved')).toMatchObject({ answered: true, body: '{"status":"healthy"}' });
  });

  it('over TLS tells when the certificate ends, each time anew', async () => {
    const probe = new NodeHttpProbe({ clock, trust: [identity.cert] });
    for (const _ of [1, 2]) {
      expect(await probe.get(`https://127.0.0.1:${portOf(https)}/health`, limits)).toMatchObject({
        answered: true,
        certificateExpiresAt: validTo,
        timings: { tlsMs: expect.any(Number) },
      });
    }
  });
});

it('tells when the certificate ended for which the answer was refused', async () => {
  const ended = validTo - 31 * 86_400_000;
  const expired = selfSigned(ended);
  const server = createHttpsServer(expired, answer);
  await listen(server);
  const probe = new NodeHttpProbe({ clock, trust: [expired.cert] });
  expect(await probe.get(`https://127.0.0.1:${portOf(server)}/health`, limits)).toMatchObject({
    answered: false,
    error: { class: 'tls', message: 'certificate has expired' },
    certificateExpiresAt: ended,
  });
  await new Promise((resolve) => server.close(resolve));
});

describe('no answer', () => {
  const brief = { ...limits, timeoutMs: 200 };
  it.each([
    { path: '/big', errorClass: 'too-large', message: 'the answer is longer than 1000 bytes' },
    { path: '/bomb', errorClass: 'too-large', message: 'the answer is longer than 1000 bytes' },
    {
      path: '/elsewhere',
      errorClass: 'redirect',
      message: 'redirects to http://localhost:1, which is not followed; check that URL itself',
    },
    {
      path: '/nowhere',
      errorClass: 'redirect',
      message: 'redirects to http://, which is not followed; check that URL itself',
    },
    { path: '/loop', errorClass: 'redirect', message: 'Redirected 5 times. Aborting.' },
    {
      path: '/silent',
      errorClass: 'read-timeout',
      message: 'connected, but no whole answer within 0.2 s',
      options: brief,
    },
    {
      path: '/drip',
      errorClass: 'read-timeout',
      message: 'connected, but no whole answer within 0.2 s',
      options: brief,
    },
    { path: '/reset', errorClass: 'connection', message: expect.any(String) },
    { path: '/half', errorClass: 'connection', message: expect.any(String) },
  ])('from $path is $errorClass', async ({ path, errorClass, message, options }) => {
    expect(await get(path, options)).toMatchObject({ answered: false, error: { class: errorClass, message } });
  });

  it.each([
    { case: 'nobody listens', url: () => 'http://127.0.0.1:1/', errorClass: 'refused' },
    { case: 'the name does not exist', url: () => 'http://nobody.invalid/', errorClass: 'dns' },
    {
      case: 'the certificate is not to be trusted',
      url: () => `https://127.0.0.1:${portOf(https)}/health`,
      errorClass: 'tls',
    },
    { case: 'the port does not speak TLS', url: () => `https://127.0.0.1:${portOf(http)}/health`, errorClass: 'tls' },
    { case: 'TLS is never agreed on', url: () => `https://127.0.0.1:${portOf(mute)}/health`, errorClass: 'tls' },
  ])('because $case is $errorClass', async ({ url, errorClass }) => {
    expect(await new NodeHttpProbe({ clock }).get(url(), { ...limits, timeoutMs: 400 })).toMatchObject({
      answered: false,
      error: { class: errorClass },
    });
  });
});
