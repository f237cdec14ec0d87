import { ChangeMessageVisibilityCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { groupBy } from '../core/group-by.ts';
import type { Consumer, Verdict } from '../core/queues/message.ts';
import { type Subject, subjectOf } from '../core/queues/subject-of.ts';
import { loggingFailures, telemetry } from './powertools.ts';
import { log, onTrail } from './trail.ts';

/** The parts of the invocation's context that are used. */
type InvocationContext = Pick<Context, 'getRemainingTimeInMillis'> & Partial<Pick<Context, 'awsRequestId'>>;

/** The longest time that SQS hides a message, in seconds from its receive: twelve hours, minus 15 minutes for the handling. */
const longestHiddenSeconds = 43_200 - 900;
const longestAttribute = 1000;
/** The longest time that one message may take. With less time left, the rest of a batch is returned to its queue. */
const longestHandlingMs = 20_000;
const putBack: Verdict = { verdict: 'retry', afterSeconds: 0, reason: 'not enough time left in the invocation' };

/**
 * Handles batches from Lambda with a consumer: the messages of one channel in the order of arrival, those of different
 * channels concurrently, so that a slow channel does not delay others. Messages to retry are reported as batch item failures,
 * so that the rest of the batch is not received again. Messages for which the invocation has no time left are returned
 * immediately, because a timeout would hide the whole batch.
 */
export function sqsConsumer(
  client: SQSClient,
  queues: { queueUrl: string; deadLetterQueueUrl: string },
  consumer: Consumer,
): (event: SQSEvent, context: InvocationContext) => Promise<SQSBatchResponse> {
  const carryOut: { [V in Verdict as V['verdict']]: (verdict: V, record: SQSRecord) => Promise<void> } = {
    done: async () => {},
    retry: async ({ afterSeconds }, record) => {
      await client.send(
        new ChangeMessageVisibilityCommand({
          QueueUrl: queues.queueUrl,
          ReceiptHandle: record.receiptHandle,
          VisibilityTimeout: Math.min(Math.max(0, Math.ceil(afterSeconds)), longestHiddenSeconds),
        }),
      );
    },
    'dead-letter': async ({ reason, errorClass }, record) => {
      await client.send(
        new SendMessageCommand({
          QueueUrl: queues.deadLetterQueueUrl,
          MessageBody: record.body,
          MessageAttributes: {
            reason: text(reason),
            errorClass: text(errorClass),
            attempts: { DataType: 'Number', StringValue: String(receivesOf(record)) },
          },
        }),
      );
    },
  };

  const handle = async (record: SQSRecord, consume: Consumer, about: Subject, endsAt: number): Promise<Outcome> => {
    const message = { id: record.messageId, body: record.body, receives: receivesOf(record), endsAt };
    const line = { what: 'message', ...about.fields, receives: message.receives };
    try {
      const verdict = await consume(message);
      await (carryOut[verdict.verdict] as (verdict: Verdict, record: SQSRecord) => Promise<void>)(verdict, record);
      logVerdict[verdict.verdict]({ ...line, ...verdict });
      return verdict.verdict;
    } catch (error) {
      // The batch continues. The message stays in its queue; the redrive policy handles messages that never succeed.
      const thrown = error instanceof Error ? error : new Error(String(error));
      log('error', 'failed to handle the message', { ...line, verdict: 'thrown', error: thrown });
      return 'thrown';
    }
  };

  return loggingFailures(async ({ Records }: SQSEvent, context: InvocationContext) => {
    const batchItemFailures: SQSBatchResponse['batchItemFailures'] = [];
    const endsAt = Date.now() + context.getRemainingTimeInMillis();
    const inTurn = async (records: readonly Addressed[]) => {
      for (const [at, { record, about }] of records.entries()) {
        const late = at > 0 && context.getRemainingTimeInMillis() < longestHandlingMs;
        const outcome = await onTrail(about.correlation ?? record.messageId, context, () =>
          handle(record, late ? async () => putBack : consumer, about, endsAt),
        );
        telemetry.addMetric(metricOf[outcome], 'Count', 1);
        if (outcome === 'retry' || outcome === 'thrown') batchItemFailures.push({ itemIdentifier: record.messageId });
      }
    };
    const addressed = Records.map((record) => ({ record, about: subjectOf(record.body) }));
    const channels = groupBy(addressed, ({ about }) => about.fields['channel']);
    await Promise.all([...channels.values()].map(inTurn));
    telemetry.publishStoredMetrics();
    return { batchItemFailures };
  });
}

/** A message and its subject. */
interface Addressed {
  readonly record: SQSRecord;
  readonly about: Subject;
}

/** One log line per message, with its subject and the result. */
const logVerdict: { [V in Verdict['verdict']]: (line: Record<string, unknown>) => void } = {
  done: (line) => log('info', 'the message was handled', line),
  retry: (line) => log('warn', 'the message will be retried later', line),
  'dead-letter': (line) => log('error', 'the message was moved to the dead-letter queue', line),
};

type Outcome = Verdict['verdict'] | 'thrown';

const metricOf = {
  done: 'MessagesDone',
  retry: 'MessagesRetried',
  'dead-letter': 'MessagesDeadLettered',
  thrown: 'MessagesFailed',
} as const satisfies Record<Outcome, string>;

const receivesOf = (record: SQSRecord) => Number(record.attributes.ApproximateReceiveCount);

/** A text attribute within the limits of SQS: not empty, not too long, only characters that XML allows. */
const text = (value: string) => ({
  DataType: 'String',
  StringValue:
    value.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '�').slice(0, longestAttribute) || '-',
});
