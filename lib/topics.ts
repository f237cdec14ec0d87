import { Aws } from 'aws-cdk-lib';
import { Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { TopicName } from '../core/deployment/topics.ts';
import { type Tier, tiers } from '../events/tier.ts';
import { type Deployment, localArn, physicalName } from './names.ts';

/** The topics: one for the alarms of each tier, one for the pipeline's own failures, one for notifications. */
export class Topics extends Construct {
  readonly tiers: Readonly<Record<Tier, Topic>>;
  readonly failures: Topic;
  readonly notifications: Topic;
  readonly #props: { deployment: Deployment; key: IKey };

  constructor(scope: Construct, id: string, props: { deployment: Deployment; key: IKey }) {
    super(scope, id);
    this.#props = props;
    this.tiers = Object.fromEntries(tiers.map((tier) => [tier, this.#forAlarms(tier)])) as Record<Tier, Topic>;
    this.failures = this.#forAlarms('pipeline-failure');
    this.notifications = this.#topic('notifications');
  }

  #topic(part: TopicName): Topic {
    return new Topic(this, part, {
      topicName: physicalName(this.#props.deployment, part),
      masterKey: this.#props.key,
      enforceSSL: true,
    });
  }

  /** A topic that only the alarms of this deployment may publish to. */
  #forAlarms(part: TopicName): Topic {
    const { name, stage } = this.#props.deployment;
    const topic = this.#topic(part);
    topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'Alarms',
        effect: Effect.ALLOW,
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: {
          StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
          ArnLike: { 'aws:SourceArn': localArn('cloudwatch', `alarm:${name}/${stage}/*`) },
        },
      }),
    );
    return topic;
  }
}
