import { describe, expect, it } from 'vitest';
import { parseDefinition } from '../../catalog/parse-definition.ts';
import type { Definition } from '../../core/definition/definition.ts';
import { tagsOf } from '../../core/definition/tags.ts';
import { concurrencyOf } from '../../functions/deployed-functions.ts';
import example from '../../monitoring.config.ts';
import { build, ofType, synthesized } from './synthesized.ts';

const stacksOf = async (definition: Definition, stage?: string) => {
  const { state, pipeline, alarms } = await build(definition, stage);
  return [state, pipeline, ...alarms];
};

describe('tags', () => {
  const tagged: Definition = {
    ...example,
    tags: { team: 'ml-platform', 'cost-center': '4711' },
    stages: { dev: {}, prod: { tags: { 'cost-center': '4712', tier: 'gold' } } },
  };

  it.each([
    ['of the example', example, 'dev', { 'tocsin:name': 'tocsin', 'tocsin:stage': 'dev' }],
    [
      'of the user beside them',
      tagged,
      'dev',
      { team: 'ml-platform', 'cost-center': '4711', 'tocsin:name': 'tocsin', 'tocsin:stage': 'dev' },
    ],
    [
      'of the stage in place of those of the definition',
      tagged,
      'prod',
      { team: 'ml-platform', 'cost-center': '4712', tier: 'gold', 'tocsin:name': 'tocsin', 'tocsin:stage': 'prod' },
    ],
  ] as const)('%s are on every stack, and so on every resource of it', async (_, definition, stage, tags) => {
    for (const stack of await stacksOf(definition, stage))
      expect(stack.tags.tagValues(), stack.stackName).toEqual(tags);
  });

  it('reach the command line, which hands them to CloudFormation', async () => {
    const { app } = await build(tagged);
    for (const { tags } of app.synth().stacks)
      expect(tags).toMatchObject({ team: 'ml-platform', 'tocsin:stage': 'dev' });
  });

  it.each<[string, Record<string, unknown>, RegExp]>([
    [
      'a key of AWS',
      { 'aws:team': 'a' },
      /tags\.aws:team: "a" has a reserved key; use one that does not start with aws: or tocsin:/,
    ],
    ['a key of Tocsin', { 'tocsin:name': 'a' }, /tags.*reserved/],
    ['an empty key', { '': 'a' }, /tags\.: "a" has an empty key/],
    [
      'a character that AWS refuses',
      { team: 'a|b' },
      /tags\.team: "a\|b" has characters that AWS does not allow in tags/,
    ],
    ['a key that is too long', { ['k'.repeat(129)]: 'a' }, /has a key that has more than 128 characters/],
    ['a value that is too long', { team: 'a'.repeat(257) }, /tags\.team: .* has more than 256 characters/],
    ['a value that is no text', { team: 7 }, /tags\.team: 7 is not a string/],
    [
      'too many',
      Object.fromEntries(Array.from({ length: 49 }, (_, i) => [`t${i}`, ''])),
      /tags: .*has 49 tags; use at most 48: AWS allows 50/,
    ],
  ])('are refused: %s', (_, tags, says) => {
    expect(() => parseDefinition({ ...example, tags }, { world: 'aws' })).toThrow(says);
  });

  it('cannot hide whose a resource is', () => {
    expect(tagsOf({ name: 'shop', stage: 'prod', tags: { 'tocsin:name': 'other' } })['tocsin:name']).toBe('shop');
  });
});

describe('termination protection', () => {
  const stages = { dev: {}, prod: { terminationProtection: true } };

  it.each([
    ['dev', false],
    ['prod', true],
  ])('of stage %s is %s on every stack', async (stage, expected) => {
    const stacks = await stacksOf({ ...example, stages }, stage);
    expect(stacks.map((stack) => stack.terminationProtection ?? false)).toEqual(stacks.map(() => expected));
  });
});

describe('concurrency', () => {
  const stages = { dev: {}, prod: { reservedConcurrency: true } };
  const reserved = async (stage: string) =>
    Object.fromEntries(
      ofType((await synthesized({ ...example, stages }, stage)).resources, 'AWS::Lambda::Function').map(
        ([, lambda]) => [
          lambda.Properties.Environment.Variables.POWERTOOLS_SERVICE_NAME,
          lambda.Properties.ReservedConcurrentExecutions,
        ],
      ),
    );
  const bounds = {
    'alert-router': 10,
    'run-ingest': 5,
    'slack-notifier': 2,
    'email-notifier': 2,
    sweep: 2,
    'health-check': 2,
    'batch-check': 2,
    'disk-check': 2,
  };

  it('is bounded for each function, and for a check by how many schedules it has', () => {
    const document = parseDefinition(example, { world: 'aws' });
    expect(Object.fromEntries(concurrencyOf(document))).toEqual(bounds);
  });

  it('is reserved in a stage that asks for it, and in no other: AWS must leave 100 for the rest of the account', async () => {
    expect(await reserved('prod')).toEqual(bounds);
    expect(Object.values(await reserved('dev')).filter((value) => value !== undefined)).toEqual([]);
  });

  it('of an event source is within what is reserved for its function', async () => {
    const { resources } = await synthesized({ ...example, stages }, 'prod');
    const mappings = ofType(resources, 'AWS::Lambda::EventSourceMapping');
    expect(mappings.length).toBe(4);
    for (const [, { Properties: mapping }] of mappings)
      expect(mapping.ScalingConfig.MaximumConcurrency).toBe(
        resources[mapping.FunctionName.Ref]!.Properties.ReservedConcurrentExecutions,
      );
  });
});

describe('the bus', () => {
  it('keeps reported runs in an archive for as long as the history', async () => {
    const { resources } = await synthesized(undefined, 'prod');
    const [[, archive]] = ofType(resources, 'AWS::Events::Archive') as [[string, (typeof resources)[string]]];
    expect(archive.Properties).toMatchObject({
      RetentionDays: 90,
      EventPattern: { source: ['tocsin.batch'], 'detail-type': ['Batch Run Finished'] },
    });
  });
});
