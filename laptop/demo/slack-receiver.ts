import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as z from 'zod';
import { parseJson } from '../../core/parse-json.ts';
import { slackProblem } from './slack-limits.ts';

/** What the receiver does with the next posts: takes them, or fails in one of Slack's ways. */
export type SlackMood =
  | { answer: 'ok' }
  | { answer: 'status'; status: number; body?: string; retryAfterSeconds?: number }
  | { answer: 'hang' };

/** A post that was taken. */
export interface ReceivedPost {
  path: string;
  message: { text?: string | undefined } & Record<string, unknown>;
}

const posted = z.looseObject({ text: z.string().optional() });

/**
 * A stand-in for Slack's incoming webhooks on loopback, as strict as Slack's documented limits: what it takes, Slack
 * takes. For the demo, for tests, and for users who want to see messages before they have a webhook.
 */
export class SlackReceiver {
  readonly received: ReceivedPost[] = [];
  /** How many posts came, those that were refused included. */
  posts = 0;
  readonly url: string;
  readonly #server: ReturnType<typeof createServer>;
  #mood: SlackMood = { answer: 'ok' };
  #onReceived: (post: ReceivedPost) => void = () => {};

  private constructor(server: ReturnType<typeof createServer>, port: number) {
    this.#server = server;
    this.url = `http://127.0.0.1:${port}/services/T000/B000/stand-in`;
    server.on('request', (request, response) => void this.#answer(request, response));
  }

  /** Starts listening. @param options.port @default a free one */
  static start(options: { port?: number; onReceived?: (post: ReceivedPost) => void } = {}): Promise<SlackReceiver> {
    const server = createServer();
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(options.port ?? 0, '127.0.0.1', () => {
        const receiver = new SlackReceiver(server, (server.address() as AddressInfo).port);
        if (options.onReceived) receiver.#onReceived = options.onReceived;
        resolve(receiver);
      });
    });
  }

  /** How it answers from now on. */
  behave(mood: SlackMood): void {
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
      return void reply(response, mood.status, mood.body ?? (mood.status === 429 ? 'rate_limited' : 'no_service'));
    }
    if (request.method !== 'POST') return void reply(response, 405, 'method_not_allowed');
    const body = parseJson(Buffer.concat(chunks).toString('utf8'));
    const problem = slackProblem(body);
    if (problem) return void reply(response, 400, problem);
    const post = { path: request.url ?? '/', message: posted.parse(body) };
    this.received.push(post);
    this.#onReceived(post);
    reply(response, 200, 'ok');
  }
}

function reply(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'text/plain' }).end(body);
}
