import { CfnOutput, Duration } from 'aws-cdk-lib';
import { EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { batchRunDetailType, batchRunSource } from '../events/batch-run.ts';
import type { ConsumedQueue } from './consumed-queue.ts';
import { type DeadLetterQueue, FormerDeadLetterQueue } from './dead-letter-queue.ts';
import { physicalName } from './names.ts';
import type { PipelineContext } from './pipeline-context.ts';

const reportedRuns = { source: [batchRunSource], detailType: [batchRunDetailType] };

/** The event bus on which batch jobs report their runs, named like the deployment, with a rule for the ingest queue and an archive. */
export class BatchEventBus extends Construct {
  readonly bus: EventBus;

  constructor(
    scope: Construct,
    id: string,
    props: { context: PipelineContext; ingest: ConsumedQueue; undelivered: DeadLetterQueue; archived: boolean },
  ) {
    super(scope, id);
    this.bus = new EventBus(this, 'Bus', {
      eventBusName: physicalName(props.context.document),
      description: 'Receives the runs of batch jobs.',
    });
    const { queue: undelivered } = props.undelivered;
    new FormerDeadLetterQueue(this, 'dead-letters', props.context);
    if (props.archived) {
      this.bus.archive('Archive', {
        description: 'Archive of the reported runs of batch jobs, for replays.',
        eventPattern: reportedRuns,
        retention: Duration.days(props.context.document.retentionDays),
      });
    }
    const rule = new Rule(this, 'Finished', {
      eventBus: this.bus,
      description: 'Sends finished runs of batch jobs to the ingest queue.',
      eventPattern: reportedRuns,
    });
    rule.addTarget({
      bind: () => ({
        arn: props.ingest.queue.queueArn,
        deadLetterConfig: { arn: undelivered.queueArn },
      }),
    });
    // CDK's own target for queues would allow every rule of the account if the queue is encrypted with a key.
    for (const queue of [props.ingest.queue, undelivered]) letIn(rule, queue);
    new CfnOutput(this, 'EventBusName', { value: this.bus.eventBusName }).overrideLogicalId('EventBusName');
  }
}

const letIn = (rule: Rule, queue: IQueue) =>
  queue.addToResourcePolicy(
    new PolicyStatement({
      sid: 'Rule',
      principals: [new ServicePrincipal('events.amazonaws.com')],
      actions: ['sqs:SendMessage'],
      resources: [queue.queueArn],
      conditions: { ArnEquals: { 'aws:SourceArn': rule.ruleArn } },
    }),
  );
