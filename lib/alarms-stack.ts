import { Stack, type StackProps } from 'aws-cdk-lib';
import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { RuleAlarm } from './alarm-shards.ts';
import { cloudwatchAlarm } from './cloudwatch-alarm.ts';
import { fixFeatureFlags } from './feature-flags.ts';
import { type Deployment, topicArn } from './names.ts';

/** One share of the alarms on targets. It refers to the topics by name, so that neither stack locks the other. */
export class AlarmsStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    props: StackProps & { deployment: Deployment; alarms: readonly RuleAlarm[] },
  ) {
    // Hundreds of alarms come near CloudFormation's limit of 1 MB; blanks need not count.
    super(scope, id, { description: 'Tocsin: alarms on targets.', suppressTemplateIndentation: true, ...props });
    fixFeatureFlags(this);
    // A name cannot be a top-level id: without a parent CDK drops what is no letter or digit, and `a-b` would be `ab`.
    const alarms = new Construct(this, 'Alarms');
    for (const alarm of props.alarms) {
      new CfnAlarm(alarms, alarm.name, cloudwatchAlarm(alarm, topicArn(props.deployment, alarm.audience.people.tier)));
    }
  }
}
