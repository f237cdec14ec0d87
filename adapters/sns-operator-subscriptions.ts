import { paginateListSubscriptionsByTopic, type SNSClient } from '@aws-sdk/client-sns';
import type { OperatorSubscriptions } from '../core/operators/unconfirmed.ts';

/** The email subscriptions of the operators' topic. */
export class SnsOperatorSubscriptions implements OperatorSubscriptions {
  readonly #client: SNSClient;
  readonly #topicArn: string;

  constructor(client: SNSClient, topicArn: string) {
    this.#client = client;
    this.#topicArn = topicArn;
  }

  async confirmed(): Promise<ReadonlySet<string>> {
    const found = new Set<string>();
    const pages = paginateListSubscriptionsByTopic({ client: this.#client }, { TopicArn: this.#topicArn });
    for await (const { Subscriptions = [] } of pages) {
      for (const { Protocol, Endpoint = '', SubscriptionArn = '' } of Subscriptions) {
        // SNS returns PendingConfirmation instead of an ARN until the subscription is confirmed, and Deleted after it was removed.
        if (Protocol === 'email' && SubscriptionArn.startsWith('arn:')) found.add(Endpoint.toLowerCase());
      }
    }
    return found;
  }
}
