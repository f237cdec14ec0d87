import { existsSync } from 'node:fs';
import { type App, Aspects, CliCredentialsStackSynthesizer, type Environment } from 'aws-cdk-lib';
import type { MonitoringDocument } from '../core/config/document.ts';
import { tagsOf } from '../core/config/tags.ts';
import { overBudget } from '../core/cost/budget.ts';
import { sayFinding } from '../core/rules/lint/finding.ts';
import { lintRules } from '../core/rules/lint/lint-rules.ts';
import { alarmShards } from './alarm-shards.ts';
import { AlarmsStack } from './alarms-stack.ts';
import { physicalName } from './names.ts';
import { PipelineStack, type PipelineStackProps } from './pipeline-stack.ts';
import { StateStack } from './state-stack.ts';
import { differs } from './target.ts';
import { UnderstoodPolicies } from './understood-policies.ts';

export interface BuildProps extends Pick<PipelineStackProps, 'code' | 'tracing' | 'target'> {
  /** Account and Region. @default those of whoever deploys */
  readonly env?: Environment | undefined;
}

/**
 * The stacks of one stage: the state, the pipeline, and the alarms in as many stacks as the stage says.
 * Rules that the lint finds fault with fail the synth, and so does a deployment that costs more than its budget.
 * @throws {ConfigError} when the alarms do not fit
 */
export function buildStacks(
  app: App,
  document: MonitoringDocument,
  props: BuildProps,
): { state: StateStack; pipeline: PipelineStack; alarms: AlarmsStack[] } {
  // An alarm that can never fire is worse than none: nobody misses it until the night that it was for.
  app.node.addValidation({
    validate: () => lintRules(document, existsSync).map(sayFinding),
  });
  app.node.addValidation({
    validate: () => {
      const says = overBudget(document);
      return says === undefined ? [] : [`${document.name}/${document.stage} ${says}`];
    },
  });
  const { env, ...rest } = props;
  const place = {
    ...(env && { env }),
    ...(differs('own-credentials', rest.target ?? 'aws') && { synthesizer: new CliCredentialsStackSynthesizer() }),
  };
  // Tags of a stack: CloudFormation puts them on every resource that takes tags, and templates stay as small as they are.
  const where = { ...place, tags: tagsOf(document), terminationProtection: document.terminationProtection };
  const id = (...thing: string[]) => physicalName(document, ...thing);
  const shards = alarmShards(document);

  const state = new StateStack(app, id('state'), { ...where, deployment: document });
  const pipeline = new PipelineStack(app, id('pipeline'), { ...where, ...rest, document, state });
  const alarms: AlarmsStack[] = [];
  for (const [i, shard] of shards.entries()) {
    const stack = new AlarmsStack(app, id('alarms', String(i)), { ...where, deployment: document, alarms: shard });
    // By name only, so CDK cannot know: the topics must be there before the alarms that call them. And a target that
    // moves into a further stack must have left the one before, since no two alarms can have one name.
    stack.addStackDependency(alarms.at(-1) ?? pipeline);
    alarms.push(stack);
  }
  if (differs('understood-policies', rest.target ?? 'aws')) Aspects.of(app).add(new UnderstoodPolicies());
  return { state, pipeline, alarms };
}
