import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AwsStandIn } from '../support/aws-stand-in.ts';
import { tocsin } from '../support/command-line.ts';

const stack = ['--stack', 'shop-prod-state'];
const url = (name: string) => `https://sqs.eu-west-1.amazonaws.com/1/${name}`;
const md5 = (text: unknown) => createHash('md5').update(String(text)).digest('hex');
const resources: Record<string, [string, string]> = {
  signalsQueueA1: ['AWS::SQS::Queue', url('signals')],
  signalsdeadlettersQueueB2: ['AWS::SQS::Queue', url('signals-dlq')],
  undelivereddeadlettersQueueC3: ['AWS::SQS::Queue', url('undelivered-dlq')],
};

describe('dead letters of a deployed stack', () => {
  const aws = new AwsStandIn();
  let messages: Record<string, { MessageId: string; Body: string; reason?: string }[]>;

  beforeEach(() => {
    for (const [name, value] of Object.entries({
      AWS_ENDPOINT_URL: aws.config.endpoint,
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
    }))
      vi.stubEnv(name, value);
    messages = {
      [url('signals-dlq')]: [
        { MessageId: 'aaaaaaaa-1', Body: '{"AlarmName":"a","NewStateValue":"ALARM"}', reason: 'not an alarm' },
      ],
      [url('undelivered-dlq')]: [{ MessageId: 'bbbbbbbb-2', Body: 'tick' }],
    };
    aws.answer = ({ action, input }) => {
      if (action === 'ListStackResources') {
        const members = Object.entries(resources).map(
          ([id, [type, physical]]) =>
            `<member><LogicalResourceId>${id}</LogicalResourceId><ResourceType>${type}</ResourceType><PhysicalResourceId>${physical}</PhysicalResourceId></member>`,
        );
        return { xml: `<StackResourceSummaries>${members.join('')}</StackResourceSummaries>` };
      }
      if (action === 'ListDeadLetterSourceQueues')
        return { json: { queueUrls: input['QueueUrl'] === url('signals-dlq') ? [url('signals')] : [] } };
      if (action === 'ReceiveMessage') {
        const taken = messages[String(input['QueueUrl'])]!.splice(0);
        return {
          json: {
            Messages: taken.map(({ reason, ...message }) => ({
              ...message,
              ReceiptHandle: `handle-${message.MessageId}`,
              MD5OfBody: md5(message.Body),
              Attributes: { SentTimestamp: '1790000000000', ApproximateReceiveCount: '2' },
              ...(reason && { MessageAttributes: { reason: { DataType: 'String', StringValue: reason } } }),
            })),
          },
        };
      }
      return { json: action === 'SendMessage' ? { MessageId: 'm', MD5OfMessageBody: md5(input['MessageBody']) } : {} };
    };
  });
  afterEach(() => {
    vi.unstubAllEnvs();
  });
  const sent = (action: string) =>
    aws.requests.filter((request) => request.action === action).map(({ input }) => input);

  it('are listed, and visible again at once', async () => {
    const { out, exitCode } = await tocsin('deadletters', 'list', ...stack);
    expect(exitCode).toBe(0);
    expect(out).toMatch(/aaaaaaaa +signals +a .* 2 +not an alarm/);
    expect(out).toMatch(/bbbbbbbb +undelivered-dlq .* unknown +Find the cause in the logs/);
    expect(aws.requests[0]).toMatchObject({ input: { StackName: 'shop-prod-pipeline' } });
    expect(
      sent('ChangeMessageVisibility')
        .map(({ ReceiptHandle, VisibilityTimeout }) => [ReceiptHandle, VisibilityTimeout])
        .sort(),
    ).toEqual([
      ['handle-aaaaaaaa-1', 0],
      ['handle-bbbbbbbb-2', 0],
    ]);
  });

  it('go back to the queue that they came from, and are deleted only then', async () => {
    const { exitCode } = await tocsin('deadletters', 'redrive', 'aaaa', ...stack);
    expect(exitCode).toBe(0);
    expect(sent('SendMessage')).toMatchObject([
      { QueueUrl: url('signals'), MessageBody: '{"AlarmName":"a","NewStateValue":"ALARM"}' },
    ]);
    expect(sent('DeleteMessage')).toEqual([{ QueueUrl: url('signals-dlq'), ReceiptHandle: 'handle-aaaaaaaa-1' }]);
    const order = aws.requests.map(({ action }) => action);
    expect(order.indexOf('SendMessage')).toBeLessThan(order.indexOf('DeleteMessage'));
  });

  it('that came from no queue stay, and say so', async () => {
    const { exitCode, err } = await tocsin('deadletters', 'redrive', 'bbbb', ...stack);
    expect(exitCode).toBe(1);
    expect(err).toMatch(/did not come from a queue; it is in undelivered-dlq/);
    expect(sent('DeleteMessage')).toEqual([]);
  });
});
