import type { Stack } from 'aws-cdk-lib';

/**
 * Every CDK feature flag that would change these templates, with the required value. A test synthesizes without flags, with
 * these, and with all flags on and off.
 */
const flags = {
  // Sorts and merges the statements of a policy. Without it the order would change, and an upgrade would update every role.
  '@aws-cdk/aws-iam:minimizePolicies': true,
  // Would add the permission for X-Ray as a separate policy of the role.
  '@aws-cdk/aws-lambda:createNewPoliciesWithAddToRolePolicy': false,
  // The pipeline imports the exports of the state, so that CloudFormation does not delete resources that are still in use.
  '@aws-cdk/core:defaultCrossStackReferences': 'strong',
} as const;

/** Makes a stack independent of the flags in its app's `cdk.json`. Must be called before anything is added to the stack. */
export function fixFeatureFlags(stack: Stack): void {
  for (const [flag, value] of Object.entries(flags)) stack.node.setContext(flag, value);
}
