import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NodeHttpProbe } from '../../adapters/got-http-probe.ts';
import type { HttpRequest } from '../../core/checks/observe.ts';
import { selfSigned } from '../support/self-signed.ts';

const answeredAt = Date.parse('2026-11-21T02:10:00Z');
const clock = { now: () => answeredAt };
const limits = { timeoutMs: 5000, maxBytes: 1000 };
// The certificate must be valid while the test runs, so its end is counted from the machine's own day.
const validTo = Math.floor(Date.now() / 1000) * 1000 + 30 * 86_400_000;
const identity = selfSigned(validTo);

/** An answer with a `content-encoding`. */
function encoded(encoding: string, body: Buffer): RequestListener {
  return (_, response) => void response.writeHead(200, { 'content-encoding': encoding }).end(body);
}

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
  '/port': (_, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/health' }).end(),
  '/scheme': (request, response) =>
    response.writeHead(302, { location: `https://${request.headers.host}/health` }).end(),
  '/user': (request, response) =>
    response.writeHead(302, { location: `http://tocsin:hunter2@${request.headers.host}/health` }).end(),
  '/created': (_, response) => response.writeHead(201, { location: 'http://localhost:1/new' }).end('done'),
  '/unmoved': (_, response) => response.writeHead(302).end('done'),
  '/nowhere': (_, response) => response.writeHead(302, { location: 'http://' }).end(),
  '/loop': (_, response) => response.writeHead(302, { location: '/loop' }).end(),
  '/silent': () => {},
  '/switch': (request) =>
    void request.socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: foo\r\n\r\n'),
  '/early': (request) => void request.socket.write('HTTP/1.1 101 Switching Protocols\r\n\r\n'),
  '/hints': (request) => {
    const timer = setInterval(() => request.socket.write('HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n'), 20);
    request.socket.on('close', () => clearInterval(timer));
  },
  '/headers-without-end': (request) => {
    request.socket.write('HTTP/1.1 200 OK\r\n');
    const timer = setInterval(() => request.socket.write('X-More: and more\r\n'), 20);
    request.socket.on('close', () => clearInterval(timer));
  },
  '/headers-too-long': (request) =>
    void request.socket.write(`HTTP/1.1 200 OK\r\nX-Long: ${'x'.repeat(100_000)}\r\n\r\n`),
  '/nonsense': (request) => void request.socket.end('this is no HTTP\r\n\r\n'),
  '/nothing': (request) => void request.socket.end(),
  '/chunks': (request) =>
    void request.socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\nno\r\n'),
  '/bom': (_, response) => response.end('\uFEFF{"status":"healthy"}'),
  '/utf-16': (_, response) => response.end(Buffer.from('\uFEFF{"status":"healthy"}', 'utf16le')),
  '/raw-deflate': encoded('deflate', deflateRawSync('{"status":"healthy"}')),
  '/deflate': encoded('deflate', deflateSync('{"status":"healthy"}')),
  '/brotli': encoded('br', brotliCompressSync('{"status":"healthy"}')),
  '/twice': encoded('deflate, gzip', gzipSync(deflateSync('{"status":"healthy"}'))),
  '/unknown-encoding': encoded('zstd', Buffer.from('xxxx')),
  '/not-gzip': encoded('gzip', Buffer.from('{"status":"healthy"}')),
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

const get = (path: string, options: HttpRequest = limits) =>
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

  it('is the redirect itself when that is what is asked for', async () => {
    expect(await get('/elsewhere', { ...limits, followRedirects: false })).toMatchObject({
      answered: true,
      status: 302,
    });
  });

  it.each([
    { path: '/created', status: 201 },
    { path: '/unmoved', status: 302 },
  ])('may name a location without leading there, or none: $status', async ({ path, status }) => {
    expect(await get(path)).toMatchObject({ answered: true, status, body: 'done' });
  });

  it.each(['/switch', '/early'])('that switches protocols is one too, and over at once: %s', async (path) => {
    expect(await get(path)).toMatchObject({ answered: true, status: 101, body: '' });
  });

  it.each(['/bom', '/utf-16', '/raw-deflate', '/deflate', '/brotli', '/twice'])(
    'is read however its body is written: %s',
    async (path) => {
      expect(await get(path)).toMatchObject({ answered: true, body: '{"status":"healthy"}' });
    },
  );

  it('sends the credentials, and only to its own host', async () => {
    const { body } = (await get('/headers', { ...limits, authorization: 'Bearer t0ken' })) as { body: string };
    expect(body).toContain('"authorization":"Bearer t0ken"');
  });

  it('is timed from when it is asked for: our own queue is not the time of the service', async () => {
    const startedAt = Date.now();
    const slow = get('/health');
    while (Date.now() - startedAt < 600);
    const { timings } = await slow;
    expect(timings.totalMs).toBeLessThan(500);
  });

  it('over TLS has the expiry of the certificate, read each time', async () => {
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

it('has the expiry of an expired certificate for which the connection was refused', async () => {
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

describe('a body that is not all there leaves the answer one, and says why', () => {
  it.each([
    { path: '/big', fault: 'too-large', message: 'the body is longer than the limit of 1000 bytes (maxBytes)' },
    { path: '/bomb', fault: 'too-large', message: 'the body is longer than the limit of 1000 bytes (maxBytes)' },
    { path: '/drip', fault: 'read-timeout', message: 'connected, but no complete response within 0.2 s' },
    { path: '/half', fault: 'connection', message: expect.any(String) },
    { path: '/chunks', fault: 'connection', message: expect.any(String) },
    { path: '/unknown-encoding', fault: 'encoding', message: 'the body is encoded as zstd, which is not supported' },
    { path: '/not-gzip', fault: 'corrupt', message: expect.stringContaining('the body is not valid gzip') },
  ])('$path: $fault', async ({ path, fault, message }) => {
    expect(await get(path, { ...limits, timeoutMs: 200 })).toMatchObject({
      answered: true,
      status: 200,
      bodyFault: { class: fault, message },
    });
  });
});

it('a body that never ends ran out of time also where this process was too busy to notice in time', async () => {
  const answer = get('/drip', { ...limits, timeoutMs: 100 });
  // Past both timeouts: that of the library and the one by force.
  setTimeout(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300), 50);
  expect(await answer).toMatchObject({ bodyFault: { class: 'read-timeout' } });
});

it('a body that never ends makes no slow answer: its head was there in time', async () => {
  const { timings } = await get('/drip', { ...limits, timeoutMs: 600 });
  expect(timings.totalMs).toBeLessThan(500);
});

describe('no answer', () => {
  const brief = { ...limits, timeoutMs: 200 };
  it.each([
    {
      path: '/elsewhere',
      errorClass: 'redirect',
      message: 'status 302 redirects to http://localhost:1, which is not followed; check that URL itself',
    },
    {
      path: '/nowhere',
      errorClass: 'redirect',
      message: 'status 302 redirects to http://, which is not followed; check that URL itself',
    },
    {
      path: '/port',
      errorClass: 'redirect',
      message: expect.stringContaining('redirects to http://127.0.0.1:1, which'),
    },
    { path: '/scheme', errorClass: 'redirect', message: expect.stringContaining('redirects to https://127.0.0.1:') },
    {
      path: '/user',
      errorClass: 'redirect',
      message: expect.stringMatching(/redirects to \S+ with credentials, which/),
    },
    { path: '/loop', errorClass: 'redirect', message: 'Redirected 5 times. Aborting.' },
    {
      path: '/silent',
      errorClass: 'read-timeout',
      message: 'connected, but no complete response within 0.2 s',
      options: brief,
    },
    { path: '/hints', errorClass: 'read-timeout', message: expect.any(String), options: brief },
    { path: '/headers-without-end', errorClass: 'read-timeout', message: expect.any(String), options: brief },
    { path: '/headers-too-long', errorClass: 'connection', message: expect.stringContaining('Header overflow') },
    { path: '/nonsense', errorClass: 'connection', message: expect.stringContaining('Parse Error') },
    { path: '/nothing', errorClass: 'connection', message: expect.any(String) },
    { path: '/reset', errorClass: 'connection', message: expect.any(String) },
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
