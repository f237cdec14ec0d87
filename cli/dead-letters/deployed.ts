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

/** How long a message that is listed is hidden, in seconds: long enough to go through all of them, and to send them again. */
const hiddenSeconds = 120;

/** More than so many of one queue are not listed. */
const mostListed = 500;

/** A message that was received and not sent again yet. */
interface InHand {
  deadLetterQueueUrl: string;
  receiptHandle: string;
  /** The queue that it came from; undefined where no queue feeds its dead-letter queue. */
  sourceUrl: string | undefined;
}

/**
 * The dead letters of a deployed pipeline, in its dead-letter queues.
 * @param stack the pipeline stack, or the state stack beside it
 */
export function deployedDeadLetters(stack: string): DeadLetters {
  // Where AWS_ENDPOINT_URL names an emulator, its queues have URLs that lead nowhere from here.
  const sqs = new SQSClient({ useQueueUrlAsEndpoint: false });
  const inHand = new Map<string, InHand>();
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
      for (const { MessageId: id = '', ReceiptHandle: receiptHandle = '', Body: body = '', ...said } of Messages) {
        const attribute = (name: string) => said.MessageAttributes?.[name]?.StringValue;
        inHand.set(id, { deadLetterQueueUrl, receiptHandle, sourceUrl });
        letters.push({
          id,
          queue: nameOf(sourceUrl ?? deadLetterQueueUrl),
          reason: attribute('reason'),
          errorClass: attribute('errorClass'),
          attempts: Number(attribute('attempts') ?? said.Attributes?.ApproximateReceiveCount ?? 0),
          sentAt: Number(said.Attributes?.SentTimestamp ?? 0),
          body,
        });
      }
      if (Messages.length === 0 || letters.length >= mostListed) return letters;
    }
  };
  return {
    timeZone: 'UTC',
    list: async () => {
      const letters = await Promise.all((await deadLetterQueuesOf(stack)).map(receive));
      return letters.flat().sort((one, other) => one.sentAt - other.sentAt);
    },
    redrive: async ({ id, queue, body }) => {
      const { sourceUrl, deadLetterQueueUrl, receiptHandle } = inHand.get(id)!;
      if (sourceUrl === undefined)
        throw new UserError({
          place: `Message ${id}`,
          found: `did not come from a queue, but lies in ${queue} since it could not be handed over`,
          fix: 'See the runbook of the pipeline for what to do with messages of that queue',
        });
      await sqs.send(new SendMessageCommand({ QueueUrl: sourceUrl, MessageBody: body }));
      await sqs.send(new DeleteMessageCommand({ QueueUrl: deadLetterQueueUrl, ReceiptHandle: receiptHandle }));
      inHand.delete(id);
    },
    close: async () => {
      // Whoever looks next should see them at once. What cannot be shown now is shown when its time is over.
      await Promise.allSettled(
        [...inHand.values()].map(({ deadLetterQueueUrl: QueueUrl, receiptHandle: ReceiptHandle }) =>
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
    fix: 'Name the pipeline stack, <name>-<stage>-pipeline',
  });
}

const nameOf = (url: string): string => url.slice(url.lastIndexOf('/') + 1);
