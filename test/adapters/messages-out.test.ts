import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { SnsNotificationPublisher } from '../../adapters/sns-notification-publisher.ts';
import { SqsOutbound } from '../../adapters/sqs-outbound.ts';
import sample from '../../events/notification.sample.json' with { type: 'json' };
import { notification } from '../../events/notification.ts';
import { AwsStandIn } from '../support/aws-stand-in.ts';

const aws = new AwsStandIn();

describe('SnsNotificationPublisher', () => {
  const topic = 'arn:aws:sns:eu-west-1:123456789012:notifications';
  const publish = () =>
    new SnsNotificationPublisher(new SNSClient(aws.config), topic).publish(notification.parse(sample));

  it('publishes the notification, with what subscriptions filter on as attributes', async () => {
    aws.answer = () => ({ xml: '<MessageId>m-1</MessageId>' });
    await publish();
    const { action, input } = aws.requests[0]!;
    expect(action).toBe('Publish');
    expect(input['TopicArn']).toBe(topic);
    expect(z.decode(notification, JSON.parse(String(input['Message'])))).toEqual(notification.parse(sample));
    const attributes = [1, 2, 3].map((n) => [
      input[`MessageAttributes.entry.${n}.Name`],
      input[`MessageAttributes.entry.${n}.Value.StringValue`],
    ]);
    expect(attributes).toEqual([
      ['channelKind', 'slack'],
      ['channel', 'ml-alerts'],
      ['tier', 'critical'],
    ]);
  });

  it('fails when SNS does', async () => {
    aws.answer = () => ({ error: 'InternalError', message: 'try again', status: 500 });
    await expect(publish()).rejects.toThrow('try again');
  });
});

describe('SqsOutbound', () => {
  const send = () => new SqsOutbound(new SQSClient(aws.config), 'https://sqs/signals').send('{"type":"batch-run"}');

  it('puts the message into its queue', async () => {
    await send();
    expect(aws.requests).toEqual([
      { action: 'SendMessage', input: { QueueUrl: 'https://sqs/signals', MessageBody: '{"type":"batch-run"}' } },
    ]);
  });

  it('fails when SQS does', async () => {
    aws.answer = () => ({ error: 'QueueDoesNotExist', message: 'no such queue' });
    await expect(send()).rejects.toThrow('no such queue');
  });
});
