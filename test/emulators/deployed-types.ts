import {
  CloudFormationClient,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { physicalName } from '../../lib/names.ts';
import { at } from './account.ts';

/** The types of resources in the stacks of a deployment, each once, sorted. CDK's own note about itself is left out. */
export async function deployedTypes(endpoint: string, deployment: { name: string; stage: string }): Promise<string[]> {
  const cloudformation = new CloudFormationClient(at(endpoint));
  const { Stacks = [] } = await cloudformation.send(new DescribeStacksCommand({}));
  const types = new Set<string>();
  for (const { StackName = '' } of Stacks) {
    if (!StackName.startsWith(`${physicalName(deployment)}-`)) continue;
    const { StackResources = [] } = await cloudformation.send(new DescribeStackResourcesCommand({ StackName }));
    for (const { ResourceType = '' } of StackResources) types.add(ResourceType);
  }
  types.delete('AWS::CDK::Metadata');
  return [...types].sort();
}
