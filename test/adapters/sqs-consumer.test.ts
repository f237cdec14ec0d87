import { SQSClient } from '@aws-sdk/client-sqs';
import type { SQSEvent } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { logger, telemetry } from '../../adapters/powertools.ts';
import { sqsConsumer } from '../../adapters/sqs-consumer.ts';
import { type Consumer, done, type Message, type Verdict } from '../../core/queues/message.ts';
import { AwsStandIn } from '../support/aws-stand-in.ts';

const aws = new AwsStandIn();
const queues = { queueUrl: 'https://sqs/router', deadLetterQueueUrl: 'https://sqs/router-dead' };

const event = (bodies: string[]) =>
  ({
    Records: bodies.map((body, n) => ({
      messageId: `m${n}`,
      receiptHandle: `handle-${n}`,
      body,
      attributes: { ApproximateReceiveCount: '3' },
    })),
  }) as SQSEvent;

let remainingMs = 30_000;
const handle = (consumer: Consumer, bodies = ['hello']) =>
  sqsConsumer(
    new SQSClient(aws.config),
    queues,
    consumer,
  )(event(bodies), {
    getRemainingTimeInMillis: () => remainingMs,
  });

beforeEach(() => {
  remainingMs = 30_000;
  vi.spyOn(logger, 'info').mockReturnValue();
  vi.spyOn(logger, 'warn').mockReturnValue();
  vi.spyOn(logger, 'error').mockReturnValue();
  vi.spyOn(telemetry, 'publishStoredMetrics').mockImplementation(() => {
    telemetry.clearMetrics();
    return telemetry;
  });
});
afterEach(() => vi.restoreAllMocks());

describe('sqsConsumer', () => {
  it('hands over the messages one after another, in order of arrival', async () => {
    const log: (string | Message)[] = [];
    const consumer: Consumer = async (message) => {
      log.push(message);
      await Promise.resolve();
      log.push('done');
      return done;
    };
    expect(await handle(consumer, ['one', 'two'])).toEqual({ batchItemFailures: [] });
    expect(log).toEqual([
      { id: 'm0', body: 'one', receives: 3, endsAt: expect.any(Number) },
      'done',
      { id: 'm1', body: 'two', receives: 3, endsAt: expect.any(Number) },
      'done',
    ]);
    expect(aws.requests).toEqual([]);
  });

  it('lets no channel wait for another one that hangs, and keeps the order of each', async () => {
    const about = (channel: string, sequence: number) =>
      JSON.stringify({ id: `inc-1/${sequence}`, incident: 'inc-1', channel, kind: 'opened' });
    const log: string[] = [];
    let letGo = () => {};
    const hanging = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const consumer: Consumer = async ({ body }) => {
      const { channel, id } = JSON.parse(body);
      if (channel === 'hangs') await hanging;
      log.push(`${channel} ${id}`);
      if (log.length === 2) letGo();
      return done;
    };
    await handle(consumer, [about('hangs', 1), about('works', 2), about('hangs', 3), about('works', 4)]);
    expect(log).toEqual(['works inc-1/2', 'works inc-1/4', 'hangs inc-1/1', 'hangs inc-1/3']);
  });

  it('says when the invocation ends, so that nothing is held for longer', async () => {
    vi.spyOn(Date, 'now').mockReturnValue(1_000_000);
    let endsAt: number | undefined;
    await handle(async (message) => {
      endsAt = message.endsAt;
      return done;
    });
    expect(endsAt).toBe(1_030_000);
  });

  it.each([
    ['the time that was asked for', 90, 90],
    ['a whole second more for a part of one', 1.2, 2],
    ['at once rather than in the past', -5, 0],
    ['no longer than SQS allows', 86_400, 42_300],
  ])('hides a message that must be retried: %s', async (_, afterSeconds, visibility) => {
    const failures = await handle(async () => ({ verdict: 'retry', afterSeconds, reason: 'Slack responded with 429' }));
    expect(failures).toEqual({ batchItemFailures: [{ itemIdentifier: 'm0' }] });
    expect(aws.requests).toEqual([
      {
        action: 'ChangeMessageVisibility',
        input: { QueueUrl: queues.queueUrl, ReceiptHandle: 'handle-0', VisibilityTimeout: visibility },
      },
    ]);
  });

  it.each([
    ['as it is', 'the webhook is revoked', 'the webhook is revoked'],
    ['clipped', 'x'.repeat(5000), 'x'.repeat(1000)],
    ['without what SQS refuses', 'a\u0000b\uD800c ü 🔔', 'a�b�c ü 🔔'],
    ['never empty', '', '-'],
  ])('moves a permanent failure to the dead-letter queue, with its reason %s', async (_, reason, told) => {
    const failures = await handle(async () => ({ verdict: 'dead-letter', reason, errorClass: 'permanent' }));
    expect(failures).toEqual({ batchItemFailures: [] });
    expect(aws.requests).toEqual([
      {
        action: 'SendMessage',
        input: {
          QueueUrl: queues.deadLetterQueueUrl,
          MessageBody: 'hello',
          MessageAttributes: {
            reason: { DataType: 'String', StringValue: told },
            errorClass: { DataType: 'String', StringValue: 'permanent' },
            attempts: { DataType: 'Number', StringValue: '3' },
          },
        },
      },
    ]);
  });

  it('leaves a message whose handling failed in its queue, logs why, and goes on with the others', async () => {
    const seen: string[] = [];
    const failures = await handle(
      async ({ body }) => {
        seen.push(body);
        if (body === 'bad') throw new TypeError('unforeseen');
        return done;
      },
      ['good', 'bad', 'fine'],
    );
    expect(seen).toEqual(['good', 'bad', 'fine']);
    expect(failures).toEqual({ batchItemFailures: [{ itemIdentifier: 'm1' }] });
    expect(logger.error).toHaveBeenCalledWith(
      'failed to handle the message',
      expect.objectContaining({ verdict: 'thrown', error: new TypeError('unforeseen') }),
    );
  });

  it.each<[string, Verdict]>([
    ['parked', { verdict: 'dead-letter', reason: 'r', errorClass: 'c' }],
    ['hidden', { verdict: 'retry', afterSeconds: 1, reason: 'r' }],
  ])('leaves a message that could not be %s in its queue', async (_, verdict) => {
    aws.answer = () => ({ error: 'InternalError', message: 'SQS is away', status: 500 });
    expect(await handle(async () => verdict)).toEqual({ batchItemFailures: [{ itemIdentifier: 'm0' }] });
    expect(logger.error).toHaveBeenCalledOnce();
  });

  it('puts back at once what the invocation has no time left for', async () => {
    const seen: string[] = [];
    const failures = await handle(
      async ({ body }) => {
        seen.push(body);
        remainingMs -= 12_000;
        return done;
      },
      ['first', 'second', 'third'],
    );
    expect(seen).toEqual(['first']);
    expect(failures).toEqual({ batchItemFailures: [{ itemIdentifier: 'm1' }, { itemIdentifier: 'm2' }] });
    expect(aws.requests.map(({ input }) => [input['ReceiptHandle'], input['VisibilityTimeout']])).toEqual([
      ['handle-1', 0],
      ['handle-2', 0],
    ]);
  });

  it('counts what became of the messages', async () => {
    const add = vi.spyOn(telemetry, 'addMetric');
    const verdicts: Record<string, Verdict> = {
      ok: done,
      later: { verdict: 'retry', afterSeconds: 1, reason: 'r' },
      never: { verdict: 'dead-letter', reason: 'r', errorClass: 'c' },
    };
    await handle(async ({ body }) => verdicts[body]!, ['ok', 'later', 'never']);
    expect(add.mock.calls.map(([name]) => name)).toEqual(['MessagesDone', 'MessagesRetried', 'MessagesDeadLettered']);
    expect(telemetry.publishStoredMetrics).toHaveBeenCalledOnce();
  });
});
