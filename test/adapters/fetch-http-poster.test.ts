import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { FetchHttpPoster } from '../../adapters/fetch-http-poster.ts';
import { leaksNoSecret } from '../support/leaks-no-secret.ts';

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

const destroy: RequestListener = (request) => void request.socket.destroy();

function listen(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  stops.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () =>
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}/hook/t0psecret`),
    ),
  );
}

describe('FetchHttpPoster', () => {
  it('posts JSON and returns status, body and Retry-After, whatever the status', async () => {
    const url = await listen(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += String(chunk);
      response
        .writeHead(429, { 'retry-after': '7' })
        .end(`${request.method} ${request.headers['content-type']} ${body}`);
    });
    expect(await new FetchHttpPoster().post(url, { text: 'ü' }, { timeoutMs: 5000 })).toEqual({
      status: 429,
      body: 'POST application/json; charset=utf-8 {"text":"ü"}',
      retryAfter: '7',
    });
  });

  it('follows no redirect: the message goes where the secret says', async () => {
    const url = await listen((_, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end());
    expect(await new FetchHttpPoster().post(url, {}, { timeoutMs: 5000 })).toMatchObject({ status: 302 });
  });

  it.each([
    { when: 'nobody listens', listener: undefined, says: 'ECONNREFUSED', timeoutMs: 5000 },
    { when: 'no answer comes', listener: () => {}, says: 'timeout after 0.1 s', timeoutMs: 100 },
    {
      when: 'the answer stops half way',
      listener: ((_, response) => void response.writeHead(200).write('o')) as RequestListener,
      says: 'timeout after 0.1 s',
      timeoutMs: 100,
    },
    {
      when: 'the connection breaks',
      listener: destroy,
      says: 'UND_ERR_SOCKET',
      timeoutMs: 5000,
    },
  ])('is transient and names only the host when $when', async ({ listener, says, timeoutMs }) => {
    const url = await listen(listener ?? (() => {}));
    if (!listener) stops.pop()?.();
    const seen = await leaksNoSecret(['t0psecret'], () => new FetchHttpPoster().post(url, {}, { timeoutMs }));
    expect(seen).toContain('TransientError');
    expect(seen).toContain(says);
  });

  it('reads the beginning of an answer and lets go of the rest, though it never ends', async () => {
    let closed = false;
    const url = await listen((_, response) => {
      const flood = () => {
        while (response.write('x'.repeat(65_536)));
      };
      response.on('drain', flood).on('close', () => {
        closed = true;
      });
      flood();
    });
    const { status, body } = await new FetchHttpPoster().post(url, {}, { timeoutMs: 5000 });
    expect({ status, length: body.length }).toEqual({ status: 200, length: 4096 });
    await expect.poll(() => closed).toBe(true);
  });

  it.each([
    { when: 'nobody listened', listener: undefined, mayHaveArrived: false, timeoutMs: 5000 },
    { when: 'the connection broke after the request', listener: destroy, mayHaveArrived: true, timeoutMs: 5000 },
    { when: 'no answer came', listener: () => {}, mayHaveArrived: true, timeoutMs: 100 },
  ])('knows whether the message may have arrived when $when', async ({ listener, mayHaveArrived, timeoutMs }) => {
    const url = await listen(listener ?? (() => {}));
    if (!listener) stops.pop()?.();
    await expect(new FetchHttpPoster().post(url, {}, { timeoutMs })).rejects.toMatchObject({ mayHaveArrived });
  });
});
