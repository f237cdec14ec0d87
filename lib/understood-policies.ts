import { type CfnResource, type IAspect, Stack } from 'aws-cdk-lib';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnTopicPolicy } from 'aws-cdk-lib/aws-sns';
import { CfnQueuePolicy } from 'aws-cdk-lib/aws-sqs';
import type { IConstruct } from 'constructs';

/** Actions that such an evaluator checks against `*`, although AWS has a resource for them. */
const checkedAgainstAll = ['ses:SendRawEmail', 'cloudwatch:DescribeAlarms'];
/** Condition keys that an emulator's evaluator never sets, so that no request could match them. */
const unknownKeys = ['cloudwatch:namespace', 'kms:ViaService', 'ses:FromAddress'];
const secureTransport = 'aws:SecureTransport';

interface PolicyDocument {
  Statement: { Action: string | string[]; Condition?: Record<string, Record<string, unknown>> }[];
}

/**
 * Removes what such an evaluator does not support from policies: those conditions, the resource of {@link checkedAgainstAll},
 * and the denial of plain HTTP. It only reads resolved policies and changes them by overrides: writing a resolved policy back
 * would remove its references to other stacks.
 */
export class UnderstoodPolicies implements IAspect {
  visit(node: IConstruct): void {
    const resolved = <T>(value: unknown) => Stack.of(node).resolve(value) as T;
    if (node instanceof CfnRole) {
      const policies = resolved<{ policyDocument: PolicyDocument }[] | undefined>(node.policies) ?? [];
      policies.forEach(({ policyDocument }, i) => {
        forget(node, `Policies.${i}.PolicyDocument`, policyDocument);
      });
    }
    if (node instanceof CfnTopicPolicy || node instanceof CfnQueuePolicy) {
      forget(node, 'PolicyDocument', resolved<PolicyDocument>(node.policyDocument));
    }
  }
}

function forget(resource: CfnResource, path: string, { Statement }: PolicyDocument): void {
  Statement.forEach(({ Action, Condition = {} }, i) => {
    if (typeof Action === 'string' && checkedAgainstAll.includes(Action))
      resource.addPropertyOverride(`${path}.Statement.${i}.Resource`, '*');
    const tests = Object.entries(Condition).flatMap(([operator, of]) =>
      Object.keys(of).map((key) => ({ operator, key })),
    );
    const condition = `${path}.Statement.${i}.Condition`;
    // "never" is neither true nor false: a denial of plain HTTP that is never met.
    if (Condition['Bool']?.[secureTransport])
      resource.addPropertyOverride(`${condition}.Bool.${secureTransport}`, 'never');
    const unknown = tests.filter(({ key }) => unknownKeys.includes(key));
    if (unknown.length === tests.length && tests.length > 0) resource.addPropertyDeletionOverride(condition);
    else
      for (const { operator, key } of unknown) resource.addPropertyDeletionOverride(`${condition}.${operator}.${key}`);
  });
}
