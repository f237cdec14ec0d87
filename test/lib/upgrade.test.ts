import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import type { Definition } from '../../core/definition/definition.ts';
import { tables } from '../../core/deployment/tables.ts';
import { topicNames } from '../../core/deployment/topics.ts';
import { shapeExport, stateShapes } from '../../lib/state-shape.ts';
import { StateStack } from '../../lib/state-stack.ts';
import example from '../../monitoring.config.ts';
import { newApp, synthesized } from './synthesized.ts';

// State and pipeline are deployed one after the other, and each alone. What CloudFormation makes of it follows from two
// sets of names: what the state exports, and what the pipeline imports. It refuses to deploy an import that nobody
// exports, and to take an export away that somebody imports.

const { templates, document } = await synthesized(undefined, 'prod');
const stateStack = 'tocsin-prod-state';

const exportsOf = (template: Record<string, unknown>): string[] =>
  Object.values(template['Outputs'] as Record<string, { Export?: { Name: string } }>)
    .flatMap((output) => output.Export?.Name ?? [])
    .sort();

const importsOf = (template: unknown): string[] => [
  ...new Set([...JSON.stringify(template).matchAll(/"Fn::ImportValue":"([^"]+)"/g)].map(([, name]) => name!)),
];

/** What a deploy lacks: it is refused when this is not empty. */
const missing = (pipeline: unknown, state: Record<string, unknown>) =>
  importsOf(pipeline).filter((name) => !exportsOf(state).includes(name));

/** The state of a version to come, with a topic more. */
const nextState = () => {
  const shapes = [...stateShapes, { ...stateShapes.at(-1)!, topics: [...stateShapes.at(-1)!.topics, 'digest'] }];
  return Template.fromStack(new StateStack(newApp(), stateStack, { deployment: document, shapes })).toJSON();
};

describe('the exports of the state', () => {
  it('are pinned: pipelines that are deployed hold on to each', () => {
    expect(exportsOf(templates.state)).toEqual([
      'tocsin-prod-state:ExportsOutputFnGetAttKey961B73FDArn5A860C43',
      'tocsin-prod-state:ExportsOutputFnGetAtthistorytable021E5271Arn36D0C95D',
      'tocsin-prod-state:ExportsOutputFnGetAttincidentstableEEF36BCCArn97E12215',
      'tocsin-prod-state:ExportsOutputRefhistorytable021E5271DCEA2210',
      'tocsin-prod-state:ExportsOutputRefincidentstableEEF36BCCDB0AE74C',
      'tocsin-prod-state:shape-1:deploy-this-stack-first',
      'tocsin-prod-state:shape-2:deploy-this-stack-first',
    ]);
  });

  it.each<[string, Definition]>([
    ['has no batch jobs', { ...example, batchJobs: {} }],
    [
      'has one channel fewer',
      { ...example, channels: { 'ml-team': example.channels['ml-team']! }, routes: onlyMail() },
    ],
    ['has another stage’s retention', { ...example, stages: { dev: {}, prod: { retentionDays: 400 } } }],
  ])('and the whole template is the same when the config %s', async (_, changed) => {
    expect((await synthesized(changed, 'prod')).templates.state).toEqual(templates.state);
  });

  it('do not depend on the pipeline: the state alone has the same template', () => {
    const alone = new StateStack(newApp(), stateStack, { deployment: document });
    expect(Template.fromStack(alone).toJSON()).toEqual(templates.state);
  });
});

describe('the order of deploys', () => {
  it('the state first always works: a later version exports all that this pipeline imports', () => {
    expect(exportsOf(nextState())).toEqual(expect.arrayContaining(exportsOf(templates.state)));
    expect(missing(templates.pipeline, nextState())).toEqual([]);
  });

  it('the pipeline first works while the state is as it was', () => {
    expect(importsOf(templates.pipeline).length).toBeGreaterThan(0);
    expect(missing(templates.pipeline, templates.state)).toEqual([]);
  });

  it('the pipeline first is refused when it needs a newer state, by a name that says what to do', () => {
    const needsNext = JSON.stringify(templates.pipeline).replace(
      shapeExport(stateStack, stateShapes.length),
      shapeExport(stateStack, stateShapes.length + 1),
    );
    expect(missing(JSON.parse(needsNext), templates.state)).toEqual([
      'tocsin-prod-state:shape-3:deploy-this-stack-first',
    ]);
    expect(missing(JSON.parse(needsNext), nextState())).toEqual([]);
  });

  it('the alarms import nothing: they never stand in the way of either', () => {
    expect(templates.alarms.flatMap(importsOf)).toEqual([]);
  });
});

describe('the shapes of the state', () => {
  it('end with the state as it is; an index or a topic more is a shape more, in lib/state-shape.ts', () => {
    const indexes = Object.fromEntries(Object.entries(tables).map(([name, table]) => [name, table.indexes]));
    expect(stateShapes.at(-1)).toEqual({ indexes, topics: topicNames, logs: true });
  });

  it('begin with what the first version had', () => {
    expect(stateShapes[0]).toEqual({
      indexes: { history: ['failures', 'batchRuns'], incidents: ['due', 'open', 'closed'] },
      topics: ['critical', 'high', 'medium', 'info', 'pipeline-failure', 'notifications'],
    });
  });

  it('only grow, by one index of a table at a time: DynamoDB makes no more in one update', () => {
    for (const [before, after] of stateShapes.slice(1).map((shape, i) => [stateShapes[i]!, shape] as const)) {
      for (const table of Object.keys(tables) as (keyof typeof tables)[]) {
        expect(after.indexes[table].slice(0, before.indexes[table].length)).toEqual(before.indexes[table]);
        expect(after.indexes[table].length - before.indexes[table].length).toBeLessThanOrEqual(1);
      }
      expect(after.topics).toEqual(expect.arrayContaining([...before.topics]));
    }
  });
});

function onlyMail(): Definition['routes'] {
  return { critical: ['ml-team'], high: ['ml-team'], medium: ['ml-team'], info: ['ml-team'] };
}
