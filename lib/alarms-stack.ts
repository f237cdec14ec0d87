import { Stack, type StackProps } from 'aws-cdk-lib';
import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { RuleAlarm } from './alarm-shards.ts';
import { cloudwatchAlarm } from './cloudwatch-alarm.ts';
import { fixFeatureFlags } from './feature-flags.ts';
import { type Deployment, topicArn } from './names.ts';

/** A part of the alarms on targets. It refers to the topics by name, so that no stack depends on exports of the other. */
export class AlarmsStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    props: StackProps & { deployment: Deployment; alarms: readonly RuleAlarm[] },
  ) {
    // Hundreds of alarms are near CloudFormation's limit of 1 MB, so the template has no indentation.
    super(scope, id, { description: 'Tocsin: alarms on targets.', suppressTemplateIndentation: true, ...props });
    fixFeatureFlags(this);
    // A name cannot be a top-level id: without a parent CDK removes all other characters than letters and digits (`a-b` would be `ab`).
    const alarms = new Construct(this, 'Alarms');
    for (const alarm of props.alarms) {
      new CfnAlarm(alarms, alarm.name, cloudwatchAlarm(alarm, topicArn(props.deployment, alarm.audience.people.tier)));
    }
  }
}
