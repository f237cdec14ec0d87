import type { Stack } from 'aws-cdk-lib';

/**
 * Every feature flag of CDK that would change these templates, with the value that they are made for. Found by trying each
 * flag; a test synthesizes without any, with our own, and with all on and all off.
 */
const flags = {
  // Sorts and merges what a policy lists. Without it the order is another one, and an upgrade would touch every role.
  '@aws-cdk/aws-iam:minimizePolicies': true,
  // Would give the permission for X-Ray in a policy of its own, beside the one of the role.
  '@aws-cdk/aws-lambda:createNewPoliciesWithAddToRolePolicy': false,
  // The pipeline imports the exports of the state: CloudFormation then refuses to take away what is still in use.
  '@aws-cdk/core:defaultCrossStackReferences': 'strong',
} as const;

/** Makes a stack independent of the flags in its app's `cdk.json`. Must come before anything is put into the stack. */
export function fixFeatureFlags(stack: Stack): void {
  for (const [flag, value] of Object.entries(flags)) stack.node.setContext(flag, value);
}
