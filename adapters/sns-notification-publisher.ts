import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import * as z from 'zod';
import type { NotificationPublisher } from '../core/incidents/ports.ts';
import { type Notification, notification as notificationSchema } from '../events/notification.ts';

/** Publishes notifications to the `notifications` topic. Its subscriptions filter by the attribute `channelKind`. */
export class SnsNotificationPublisher implements NotificationPublisher {
  readonly #client: SNSClient;
  readonly #topicArn: string;

  constructor(client: SNSClient, topicArn: string) {
    this.#client = client;
    this.#topicArn = topicArn;
  }

  async publish(notification: Notification): Promise<void> {
    const { channelKind, channel, tier } = notification;
    await this.#client.send(
      new PublishCommand({
        TopicArn: this.#topicArn,
        Message: JSON.stringify(z.encode(notificationSchema, notification)),
        MessageAttributes: { channelKind: text(channelKind), channel: text(channel), tier: text(tier) },
      }),
    );
  }
}

const text = (StringValue: string) => ({ DataType: 'String', StringValue });
