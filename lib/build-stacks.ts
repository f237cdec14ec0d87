import { Aspects, CliCredentialsStackSynthesizer, type Environment, type StackProps, type Stage } from 'aws-cdk-lib';
import type { MonitoringDocument } from '../core/definition/document.ts';
import { tagsOf } from '../core/definition/tags.ts';
import { alarmShards } from './alarm-shards.ts';
import { AlarmsStack } from './alarms-stack.ts';
import { physicalName } from './names.ts';
import { PipelineStack, type PipelineStackProps } from './pipeline-stack.ts';
import { StateStack } from './state-stack.ts';
import { differs } from './target.ts';
import { UnderstoodPolicies } from './understood-policies.ts';

export interface BuildProps extends Pick<PipelineStackProps, 'code' | 'tracing' | 'target' | 'network'> {
  /** Account and Region. @default those of the deployment's credentials */
  readonly env?: Environment | undefined;
}

/** The stacks of one deployment. */
export interface BuiltStacks {
  readonly state: StateStack;
  readonly pipeline: PipelineStack;
  readonly alarms: readonly AlarmsStack[];
}

/**
 * The stacks of one stage of a definition: the state, the pipeline, and the alarms in the number of stacks that the stage sets.
 * @param scope an app, or a CDK stage in it. The stacks are direct children of it, which determines their names and ids
 * @throws {ConfigError} when the alarms do not fit
 */
export function buildStacks(scope: Stage, document: MonitoringDocument, props: BuildProps): BuiltStacks {
  const { env, ...rest } = props;
  const place = {
    ...(env && { env }),
    ...(differs('own-credentials', rest.target ?? 'aws') && { synthesizer: new CliCredentialsStackSynthesizer() }),
  };
  // Tags of a stack: CloudFormation adds them to every resource that supports tags, and the templates remain small.
  const where = {
    ...place,
    tags: tagsOf(document),
    terminationProtection: document.terminationProtection,
  };
  const shards = alarmShards(document);

  // With an explicit name, because CDK would add the id of a surrounding CDK stage to it.
  const stack = <Own, Made>(
    of: new (scope: Stage, id: string, props: Own & StackProps) => Made,
    thing: string,
    own: Own,
  ): Made => {
    const stackName = physicalName(document, thing);
    return new of(scope, stackName, { ...where, stackName, ...own });
  };
  const state = stack(StateStack, 'state', { deployment: document });
  const pipeline = stack(PipelineStack, 'pipeline', { ...rest, document, state });
  const alarms: AlarmsStack[] = [];
  for (const [i, shard] of shards.entries()) {
    const made = stack(AlarmsStack, `alarms-${i}`, { deployment: document, alarms: shard });
    // CDK does not know these dependencies, because the stacks refer to names only: the topics must exist before the alarms
    // that use them, and a target that moves to another stack must be removed from the first one, because alarm names are unique.
    made.addStackDependency(alarms.at(-1) ?? pipeline);
    alarms.push(made);
  }
  if (differs('understood-policies', rest.target ?? 'aws')) {
    for (const each of [state, pipeline, ...alarms]) Aspects.of(each).add(new UnderstoodPolicies());
  }
  return { state, pipeline, alarms };
}
