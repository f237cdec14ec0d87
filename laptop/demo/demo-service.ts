import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SystemClock } from '../../adapters/system-clock.ts';
import type { Clock } from '../../core/time/clock.ts';
import { healthPage, metricsPage, statsPage } from './demo-pages.ts';
import { type DemoMode, DemoTraffic, demoModes } from './demo-traffic.ts';

/**
 * A simulated ML service on loopback: `/health`, `/stats` and `/metrics` as the monitoring guides describe them, and a
 * switch that makes it fail: `POST /demo/fail?mode=down`.
 */
export class DemoService {
  readonly url: string;
  mode: DemoMode = 'ok';
  readonly #server: Server;
  readonly #clock: Clock;
  readonly #traffic: DemoTraffic;
  readonly #slowSeconds: number;

  private constructor(server: Server, clock: Clock, slowSeconds: number) {
    this.#server = server;
    this.#clock = clock;
    this.#slowSeconds = slowSeconds;
    this.#traffic = new DemoTraffic(clock.now());
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.on('request', (request, response) => void this.#answer(request, response));
  }

  /**
   * Starts listening.
   * @param options.clock @default the clock of the machine
   * @param options.port @default a free one
   * @param options.slowSeconds the response time in the mode `slow`. @default 3
   */
  static start(options: { clock?: Clock; port?: number; slowSeconds?: number } = {}): Promise<DemoService> {
    const { clock = new SystemClock(), port = 0, slowSeconds = 3 } = options;
    const server = createServer();
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', () => resolve(new DemoService(server, clock, slowSeconds)));
    });
  }

  /** Sets the mode; `ok` repairs the service. */
  fail(mode: DemoMode): void {
    this.#traffic.advance(this.#clock.now(), this.mode);
    this.mode = mode;
  }

  /** Stops listening and closes all connections. */
  stop(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', this.url);
    if (pathname === '/demo/fail') return void this.#switch(request.method, searchParams.get('mode'), response);
    if (this.mode === 'down') return void request.socket.destroy();
    if (this.mode === 'slow') await this.#clock.sleep(this.#slowSeconds * 1000);

    const now = this.#clock.now();
    this.#traffic.advance(now, this.mode);
    const status = this.mode === 'errors' ? 500 : 200;
    if (pathname === '/health') return void json(response, status, healthPage(this.mode, now));
    if (pathname === '/stats') return void json(response, status, statsPage(this.#traffic, this.mode, now));
    if (pathname === '/metrics') {
      response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' });
      return void response.end(metricsPage(this.#traffic, this.mode));
    }
    json(response, 404, {
      error: `no page ${pathname}; use /health, /stats, /metrics or POST /demo/fail?mode=…`,
    });
  }

  #switch(method: string | undefined, wanted: string | null, response: ServerResponse): void {
    if (method !== 'POST') return void json(response, 405, { error: `${method} is not allowed; use POST` });
    const mode = demoModes.find((known) => known === wanted);
    if (!mode)
      return void json(response, 400, { error: `unknown mode ${wanted}; use one of: ${demoModes.join(', ')}` });
    this.fail(mode);
    json(response, 200, { mode });
  }
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(`${JSON.stringify(body)}\n`);
}
