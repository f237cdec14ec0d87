import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach } from 'vitest';

/** A request as an SDK client sent it: the operation, and its input as JSON (or the form of a query API). */
export interface AwsRequest {
  action: string;
  input: Record<string, unknown>;
}

/** What to answer. A query API (SNS, SES) wants `xml`, the inside of its result; the others want `json`. */
export type AwsAnswer =
  | { json: unknown }
  | { xml: string }
  | { error: string; message: string; status?: number }
  | 'hang up';

/** What every service but SNS and SES is content with. SQS proves what arrived by its digest, which the SDK compares. */
const accepted = ({ action, input }: AwsRequest): AwsAnswer => {
  const digest = () => createHash('md5').update(String(input['MessageBody'])).digest('hex');
  return { json: action === 'SendMessage' ? { MessageId: 'm', MD5OfMessageBody: digest() } : {} };
};

/** AWS on loopback for the tests of a file: records what the SDK's clients send and answers as it is told. */
export class AwsStandIn {
  readonly requests: AwsRequest[] = [];
  answer: (request: AwsRequest) => AwsAnswer = accepted;
  #port = 0;

  constructor() {
    let server: Server;
    beforeAll(async () => {
      server = createServer((request, response) => {
        void buffer(request).then((raw) => {
          const body = request.headers['content-encoding'] === 'gzip' ? gunzipSync(raw) : raw;
          const received = parse(String(request.headers['x-amz-target'] ?? ''), body.toString());
          this.requests.push(received);
          const answer = this.answer(received);
          if (answer === 'hang up') return request.socket.destroy();
          const [status, type, text] = written(answer, received);
          return response.writeHead(status, { 'content-type': type }).end(text);
        });
      }).listen(0, '127.0.0.1');
      await once(server, 'listening');
      this.#port = (server.address() as AddressInfo).port;
    });
    beforeEach(() => {
      this.requests.length = 0;
      this.answer = accepted;
    });
    afterAll(async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    });
  }

  /** The settings of a client that speaks to the stand-in, and tries once. */
  get config() {
    return {
      endpoint: `http://127.0.0.1:${this.#port}`,
      region: 'eu-west-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      maxAttempts: 1,
    };
  }
}

function parse(target: string, body: string): AwsRequest {
  if (target) return { action: target.split('.').at(-1)!, input: JSON.parse(body) as Record<string, unknown> };
  const { Action = '', ...input } = Object.fromEntries(new URLSearchParams(body));
  return { action: Action, input };
}

function written(answer: Exclude<AwsAnswer, 'hang up'>, { action }: AwsRequest): [number, string, string] {
  if ('json' in answer) return [200, 'application/x-amz-json-1.0', JSON.stringify(answer.json)];
  if ('xml' in answer) {
    return [200, 'text/xml', `<${action}Response><${action}Result>${answer.xml}</${action}Result></${action}Response>`];
  }
  const { error, message, status = 400 } = answer;
  return queryApis.has(action)
    ? [
        status,
        'text/xml',
        `<ErrorResponse><Error><Code>${error}</Code><Message>${message}</Message></Error></ErrorResponse>`,
      ]
    : [status, 'application/x-amz-json-1.0', JSON.stringify({ __type: error, message })];
}

const queryApis = new Set(['Publish', 'SendRawEmail', 'ListStackResources']);
