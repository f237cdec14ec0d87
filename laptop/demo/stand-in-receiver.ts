import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ChannelKind } from '../../core/channels/channel-kind.ts';
import type { Provider } from '../../core/channels/provider.ts';
import { parseJson } from '../../core/parse-json.ts';

/** What a provider does with the next posts: takes them, refuses them, or never answers. */
export type ProviderMood =
  | { answer: 'ok' }
  | { answer: 'status'; status: number; body?: string; retryAfterSeconds?: number }
  | { answer: 'hang' };

type Posted = NonNullable<Provider['posts']>;

/** A post that was taken. */
export interface ReceivedPost {
  path: string;
  message: Readonly<Record<string, unknown>>;
}

/**
 * A stand-in on loopback for the provider of a kind of channel that is posted to, as strict as the provider's documented
 * limits: what it takes, the provider takes. For the demo, for tests, and for users who want to see messages before they
 * have a webhook.
 */
export class StandInReceiver {
  readonly received: ReceivedPost[] = [];
  /** How many posts came, those that were refused included. */
  posts = 0;
  readonly url: string;
  readonly #provider: Posted;
  readonly #server: ReturnType<typeof createServer>;
  #mood: ProviderMood = { answer: 'ok' };
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
   * @throws when the provider of the kind takes no posts
   */
  static start(
    { label, provider }: Pick<ChannelKind, 'label' | 'provider'>,
    options: { port?: number; onReceived?: (post: ReceivedPost) => void } = {},
  ): Promise<StandInReceiver> {
    const { posts } = provider;
    if (!posts) throw new Error(`${label} takes no posts`);
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

  /** How it answers from now on. */
  behave(mood: ProviderMood): void {
    this.#mood = mood;
  }

  /** Stops listening and drops whoever still waits. */
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
    const mood = this.#mood;
    if (mood.answer === 'hang') return;
    if (mood.answer === 'status') {
      if (mood.retryAfterSeconds !== undefined) response.setHeader('retry-after', mood.retryAfterSeconds);
      return void reply(response, mood.status, mood.body ?? this.#provider.refusal(mood.status));
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
