import { readFileSync } from 'node:fs';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { parseDefinition } from '../../catalog/parse-definition.ts';
import type { Definition } from '../../core/definition/definition.ts';
import { addValidations } from '../../lib/add-validations.ts';
import { buildStacks } from '../../lib/build-stacks.ts';
import type { Target } from '../../lib/target.ts';
import example from '../../monitoring.config.ts';

export interface Resource {
  Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: a template is JSON whose shape each assertion knows for itself
  Properties: any;
  [key: string]: unknown;
}

export type Resources = Readonly<Record<string, Resource>>;

/** An app with the feature flags that `cdk synth` has, and without validation, which takes two seconds. */
export const newApp = () =>
  new App({
    context: JSON.parse(readFileSync(new URL('../../cdk.json', import.meta.url), 'utf8')).context,
    builtinCloudFormationValidation: false,
  });

/** The stacks of a definition, with an empty function in the place of each bundle. */
export async function build(
  definition: Definition = example,
  stage?: string,
  other: { tracing?: boolean; target?: Target } = {},
) {
  const document = parseDefinition(definition, { stage, world: 'aws' });
  const app = newApp();
  const stacks = buildStacks(app, document, {
    tracing: other.tracing,
    target: other.target,
    code: () => Code.fromInline('/* bundle */'),
  });
  addValidations(app, document);
  return { app, document, ...stacks };
}

/** The templates of a definition: of each stack, and the resources of all of them together. */
export async function synthesized(definition: Definition = example, stage?: string, target?: Target) {
  const { document, state, pipeline, alarms } = await build(definition, stage, target ? { target } : {});
  const templates = {
    state: Template.fromStack(state).toJSON(),
    pipeline: Template.fromStack(pipeline).toJSON(),
    alarms: alarms.map((stack) => Template.fromStack(stack).toJSON()),
  };
  const all = [templates.state, templates.pipeline, ...templates.alarms];
  const resources: Resources = Object.assign({}, ...all.map((template) => template['Resources']));
  return { document, templates, resources };
}

/** The resources of a type, by logical id. */
export const ofType = (resources: Resources, type: string): [string, Resource][] =>
  Object.entries(resources).filter(([, resource]) => resource.Type === type);

/** A value of a template as short text: `queue.Arn` for a GetAtt, the bare name for a Ref or an import. */
export function sayValue(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  if ('Ref' in value) return String(value.Ref);
  if ('Fn::GetAtt' in value) return (value['Fn::GetAtt'] as string[]).join('.');
  if ('Fn::Sub' in value) return String(value['Fn::Sub']);
  if ('Fn::ImportValue' in value) return String(value['Fn::ImportValue']).replace(/.*ExportsOutput(Ref|FnGetAtt)/, '');
  if ('Fn::Join' in value) {
    const [separator, parts] = value['Fn::Join'] as [string, unknown[]];
    return parts.map(sayValue).join(separator);
  }
  return JSON.stringify(value);
}

/** One or many, as a list. */
export const list = <T>(value: T | T[] | undefined): T[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];
