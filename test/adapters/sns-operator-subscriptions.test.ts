import { SNSClient } from '@aws-sdk/client-sns';
import { describe, expect, it } from 'vitest';
import { SnsOperatorSubscriptions } from '../../adapters/sns-operator-subscriptions.ts';
import { AwsStandIn } from '../support/aws-stand-in.ts';

const aws = new AwsStandIn();
const topic = 'arn:aws:sns:eu-west-1:123456789012:pipeline-failure';
const member = (protocol: string, endpoint: string, arn: string) =>
  `<member><Protocol>${protocol}</Protocol><Endpoint>${endpoint}</Endpoint><SubscriptionArn>${arn}</SubscriptionArn></member>`;

describe('SnsOperatorSubscriptions', () => {
  it('finds the confirmed email subscriptions on every page, and no others', async () => {
    const first = [
      member('email', 'A@example.com', `${topic}:1`),
      member('email', 'pending@example.com', 'PendingConfirmation'),
      member('email', 'gone@example.com', 'Deleted'),
      member('sqs', 'arn:aws:sqs:eu-west-1:123456789012:signals', `${topic}:2`),
    ].join('');
    const second = member('email', 'b@example.com', `${topic}:3`);
    aws.answer = ({ input }) => ({
      xml: input['NextToken']
        ? `<Subscriptions>${second}</Subscriptions>`
        : `<Subscriptions>${first}</Subscriptions><NextToken>next</NextToken>`,
    });
    const subscriptions = new SnsOperatorSubscriptions(new SNSClient(aws.config), topic);
    expect([...(await subscriptions.confirmed())]).toEqual(['a@example.com', 'b@example.com']);
    expect(aws.requests.map(({ action, input }) => [action, input['TopicArn']])).toEqual([
      ['ListSubscriptionsByTopic', topic],
      ['ListSubscriptionsByTopic', topic],
    ]);
  });
});
