import { CfnOutput } from 'aws-cdk-lib';
import { EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import { batchRunDetailType, batchRunSource } from '../events/batch-run.ts';
import type { ConsumedQueue } from './consumed-queue.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import type { Ground } from './ground.ts';
import { physicalName } from './names.ts';

/** Where batch jobs report their runs: an event bus of the deployment's name, with a rule that feeds the ingest queue. */
export class BatchDoor extends Construct {
  constructor(scope: Construct, id: string, props: { ground: Ground; ingest: ConsumedQueue }) {
    super(scope, id);
    const bus = new EventBus(this, 'Bus', {
      eventBusName: physicalName(props.ground.document),
      description: 'Runs of batch jobs arrive here.',
    });
    const deadLetters = new DeadLetterQueue(this, 'dead-letters', {
      ground: props.ground,
      thing: 'bus-dead-letters',
      of: 'the ingest queue',
    });
    new Rule(this, 'Finished', {
      eventBus: bus,
      description: 'Finished runs of batch jobs, to the ingest queue.',
      eventPattern: { source: [batchRunSource], detailType: [batchRunDetailType] },
      targets: [new SqsQueue(props.ingest.queue, { deadLetterQueue: deadLetters.queue })],
    });
    new CfnOutput(this, 'EventBusName', { value: bus.eventBusName }).overrideLogicalId('EventBusName');
  }
}
