import { CloudFormationClient, paginateListStackResources } from '@aws-sdk/client-cloudformation';
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  ListDeadLetterSourceQueuesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { UserError } from '../../core/user-error.ts';
import type { DeadLetter, DeadLetters } from './dead-letter.ts';

/** The visibility timeout of a listed message, in seconds: long enough to list and redrive all messages. */
const hiddenSeconds = 120;

/** The maximum number of messages that are listed per queue. */
const maxListed = 500;

/** A message that was received and not redriven yet. */
interface Received {
  deadLetterQueueUrl: string;
  receiptHandle: string;
  /** The queue that it came from; undefined if no queue has this dead-letter queue. */
  sourceUrl: string | undefined;
}

/**
 * The dead letters of a deployed pipeline, in its dead-letter queues.
 * @param stack the pipeline stack, or the state stack of the same deployment
 */
export function deployedDeadLetters(stack: string): DeadLetters {
  // The queue URLs of an emulator (AWS_ENDPOINT_URL) cannot be reached from here.
  const sqs = new SQSClient({ useQueueUrlAsEndpoint: false });
  const received = new Map<string, Received>();
  const receive = async (deadLetterQueueUrl: string): Promise<DeadLetter[]> => {
    const sources = await sqs.send(new ListDeadLetterSourceQueuesCommand({ QueueUrl: deadLetterQueueUrl }));
    const sourceUrl = sources.queueUrls?.[0];
    const letters: DeadLetter[] = [];
    for (;;) {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: deadLetterQueueUrl,
          MaxNumberOfMessages: 10,
          WaitTimeSeconds: 1,
          VisibilityTimeout: hiddenSeconds,
          MessageAttributeNames: ['All'],
          MessageSystemAttributeNames: ['SentTimestamp', 'ApproximateReceiveCount'],
        }),
      );
      for (const { MessageId: id = '', ReceiptHandle: receiptHandle = '', Body: body = '', ...message } of Messages) {
        const attribute = (name: string) => message.MessageAttributes?.[name]?.StringValue;
        received.set(id, { deadLetterQueueUrl, receiptHandle, sourceUrl });
        letters.push({
          id,
          queue: nameOf(sourceUrl ?? deadLetterQueueUrl),
          reason: attribute('reason'),
          errorClass: attribute('errorClass'),
          attempts: Number(attribute('attempts') ?? message.Attributes?.ApproximateReceiveCount ?? 0),
          sentAt: Number(message.Attributes?.SentTimestamp ?? 0),
          body,
        });
      }
      if (Messages.length === 0 || letters.length >= maxListed) return letters;
    }
  };
  return {
    timeZone: 'UTC',
    list: async () => {
      const letters = await Promise.all((await deadLetterQueuesOf(stack)).map(receive));
      return letters.flat().sort((one, other) => one.sentAt - other.sentAt);
    },
    redrive: async ({ id, queue, body }) => {
      const { sourceUrl, deadLetterQueueUrl, receiptHandle } = received.get(id)!;
      if (sourceUrl === undefined)
        throw new UserError({
          place: `Message ${id}`,
          found: `did not come from a queue; it is in ${queue} because it could not be delivered`,
          fix: 'See the runbook of the pipeline (docs/runbooks/pipeline.md)',
        });
      await sqs.send(new SendMessageCommand({ QueueUrl: sourceUrl, MessageBody: body }));
      await sqs.send(new DeleteMessageCommand({ QueueUrl: deadLetterQueueUrl, ReceiptHandle: receiptHandle }));
      received.delete(id);
    },
    close: async () => {
      // Makes the messages visible again at once. If this fails, they are visible after their visibility timeout.
      await Promise.allSettled(
        [...received.values()].map(({ deadLetterQueueUrl: QueueUrl, receiptHandle: ReceiptHandle }) =>
          sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 })),
        ),
      );
      sqs.destroy();
    },
  };
}

/** The URLs of the dead-letter queues among the resources of a pipeline stack. */
async function deadLetterQueuesOf(stack: string): Promise<string[]> {
  const StackName = stack.replace(/-state$/, '-pipeline');
  const urls: string[] = [];
  try {
    for await (const page of paginateListStackResources({ client: new CloudFormationClient({}) }, { StackName }))
      for (const { ResourceType, LogicalResourceId = '', PhysicalResourceId } of page.StackResourceSummaries ?? [])
        if (ResourceType === 'AWS::SQS::Queue' && PhysicalResourceId && /deadletters/i.test(LogicalResourceId))
          urls.push(PhysicalResourceId);
  } catch (error) {
    throw new UserError({
      place: `The stack ${StackName}`,
      found: `cannot be read: ${(error as Error).message}`,
      fix: 'Check --stack, --profile and --region',
    });
  }
  if (urls.length > 0) return urls;
  throw new UserError({
    place: `The stack ${StackName}`,
    found: 'has no dead-letter queues',
    fix: 'Specify the pipeline stack, <name>-<stage>-pipeline',
  });
}

const nameOf = (url: string): string => url.slice(url.lastIndexOf('/') + 1);
