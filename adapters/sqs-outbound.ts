import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { Outbound } from '../core/queues/message.ts';

/** Sends messages to a queue. */
export class SqsOutbound implements Outbound {
  readonly #client: SQSClient;
  readonly #queueUrl: string;

  constructor(client: SQSClient, queueUrl: string) {
    this.#client = client;
    this.#queueUrl = queueUrl;
  }

  async send(body: string): Promise<void> {
    await this.#client.send(new SendMessageCommand({ QueueUrl: this.#queueUrl, MessageBody: body }));
  }
}
