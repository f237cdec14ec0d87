import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ChannelKind } from '../../core/channels/channel-kind.ts';
import type { Provider } from '../../core/channels/provider.ts';
import { parseJson } from '../../core/parse-json.ts';

/** How a provider handles the next posts: it accepts them, rejects them, or never responds. */
export type ProviderMode =
  | { answer: 'ok' }
  | { answer: 'status'; status: number; body?: string; retryAfterSeconds?: number }
  | { answer: 'hang' };

type Posted = NonNullable<Provider['posts']>;

/** An accepted post. */
export interface ReceivedPost {
  path: string;
  message: Readonly<Record<string, unknown>>;
}

/**
 * A stand-in on loopback for the provider of a channel type that receives posts. It enforces the documented limits of the provider.
 * It is for the demo, for tests, and for users who want to see messages before they have a webhook.
 */
export class StandInReceiver {
  readonly received: ReceivedPost[] = [];
  /** The number of posts, including rejected posts. */
  posts = 0;
  readonly url: string;
  readonly #provider: Posted;
  readonly #server: ReturnType<typeof createServer>;
  #mode: ProviderMode = { answer: 'ok' };
  #onReceived: (post: ReceivedPost) => void = () => {};

  private constructor(provider: Posted, server: ReturnType<typeof createServer>, port: number) {
    this.#provider = provider;
    this.#server = server;
    this.url = `http://127.0.0.1:${port}${provider.path}`;
    server.on('request', (request, response) => void this.#answer(request, response));
  }

  /**
   * Starts listening.
   * @param options.port @default a free one
   * @throws if the provider does not receive posts
   */
  static start(
    { label, provider }: Pick<ChannelKind, 'label' | 'provider'>,
    options: { port?: number; onReceived?: (post: ReceivedPost) => void } = {},
  ): Promise<StandInReceiver> {
    const { posts } = provider;
    if (!posts) throw new Error(`${label} does not receive posts`);
    const server = createServer();
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(options.port ?? 0, '127.0.0.1', () => {
        const receiver = new StandInReceiver(posts, server, (server.address() as AddressInfo).port);
        if (options.onReceived) receiver.#onReceived = options.onReceived;
        resolve(receiver);
      });
    });
  }

  /** Sets how it responds. */
  behave(mode: ProviderMode): void {
    this.#mode = mode;
  }

  /** Stops listening and closes all connections. */
  stop(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    this.posts += 1;
    const mode = this.#mode;
    if (mode.answer === 'hang') return;
    if (mode.answer === 'status') {
      if (mode.retryAfterSeconds !== undefined) response.setHeader('retry-after', mode.retryAfterSeconds);
      return void reply(response, mode.status, mode.body ?? this.#provider.refusal(mode.status));
    }
    if (request.method !== 'POST') return void reply(response, 405, 'method_not_allowed');
    const body = parseJson(Buffer.concat(chunks).toString('utf8'));
    const answer = this.#provider.take(body);
    if (answer.status < 300) {
      const post = { path: request.url ?? '/', message: body as ReceivedPost['message'] };
      this.received.push(post);
      this.#onReceived(post);
    }
    reply(response, answer.status, answer.body);
  }
}

function reply(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'text/plain' }).end(body);
}
