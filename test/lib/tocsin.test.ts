import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { App, Aspects, type CfnElement, type CfnResource, Stack, Stage, Tags } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { AccountRootPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { FLAGS } from 'aws-cdk-lib/cx-api';
import { RootConstruct } from 'constructs';
import { afterAll, describe, expect, it } from 'vitest';
import { ConfigError } from '../../core/definition/problem.ts';
import { functions } from '../../functions/functions.ts';
import { slowResponses } from '../../index.ts';
import { Tocsin, type TocsinProps } from '../../lib/tocsin.ts';
import example from '../../monitoring.config.ts';

const temporary = mkdtempSync(join(tmpdir(), 'construct-'));
afterAll(() => rmSync(temporary, { recursive: true }));

/** The app of a user who knows nothing of our `cdk.json`. */
const plainApp = (context: Record<string, unknown> = {}, outdir = mkdtempSync(join(temporary, 'out-'))) =>
  new App({ context, outdir, builtinCloudFormationValidation: false });

const monitor = (scope: App | Stage | Stack, props: Partial<TocsinProps> = {}, id = 'Monitoring') =>
  new Tocsin(scope, id, { definition: example, ...props });

const stacksOf = ({ stacks: { state, pipeline, alarms } }: Tocsin): Stack[] => [state, pipeline, ...alarms];
const namesOf = (tocsin: Tocsin) => stacksOf(tocsin).map(({ stackName }) => stackName);
const templatesOf = (tocsin: Tocsin) => stacksOf(tocsin).map((stack) => Template.fromStack(stack).toJSON());

/** The templates that were reviewed; their functions are inline. */
function golden(stage: string): Record<string, unknown>[] {
  const file = new URL(`golden/${stage}.template.json`, import.meta.url);
  const { state, pipeline, alarms } = JSON.parse(readFileSync(file, 'utf8'));
  return [state, pipeline, ...alarms];
}

const withoutCode = (templates: unknown) =>
  JSON.parse(JSON.stringify(templates, (key, value) => (key === 'Code' ? undefined : value)));

const idsOf = (templates: readonly Record<string, unknown>[]) =>
  templates.map(({ Resources }) => Object.keys(Resources as object));

/** The folders of code that an assembly would upload. */
function codeIn(assembly: string): string[] {
  const manifest = readdirSync(assembly).find(
    (name) => name.endsWith('pipeline.assets.json') || /pipeline.*assets\.json$/.test(name),
  )!;
  const { files } = JSON.parse(readFileSync(join(assembly, manifest), 'utf8')) as {
    files: Record<string, { source: { path: string; packaging: string } }>;
  };
  return Object.values(files)
    .filter(({ source }) => source.packaging === 'zip')
    .map(({ source }) => resolve(assembly, source.path));
}

describe('below an app', () => {
  it('makes the templates that were reviewed', () => {
    expect(withoutCode(templatesOf(monitor(plainApp(), { stage: 'prod' })))).toEqual(withoutCode(golden('prod')));
  });

  it('names its stacks after the deployment, and takes the first stage unless one is named', () => {
    expect(namesOf(monitor(plainApp()))).toEqual(['tocsin-dev-state', 'tocsin-dev-pipeline', 'tocsin-dev-alarms-0']);
  });

  it('refuses a definition that has problems, with all of them', () => {
    const definition = { ...example, operators: ['nobody'], timeZone: 'Mars' };
    expect(() => monitor(plainApp(), { definition })).toThrow(ConfigError);
    expect(() => monitor(plainApp(), { definition })).toThrow(/operators[\s\S]*timeZone|timeZone[\s\S]*operators/);
  });

  it('needs an app around it', () => {
    expect(() => new Tocsin(new RootConstruct(), 'Alone', { definition: example })).toThrow(
      'Alone is not in an App or Stage. Create it in one: new Tocsin(app, …).',
    );
  });
});

describe('below a CDK stage', () => {
  const env = { account: '123456789012', region: 'eu-central-1' };
  const app = plainApp();
  const stage = new Stage(app, 'Prod', { env });
  const tocsin = monitor(stage, { stage: 'prod' });

  it('has the same names and logical ids, in the account and Region of the stage', () => {
    expect(namesOf(tocsin)).toEqual(['tocsin-prod-state', 'tocsin-prod-pipeline', 'tocsin-prod-alarms-0']);
    const { account, region } = tocsin.stacks.pipeline;
    expect({ account, region }).toEqual(env);
    expect(idsOf(templatesOf(tocsin))).toEqual(idsOf(golden('prod')));
  });

  it('puts the code of its functions into the output of the app', () => {
    const assembly = app.synth().getNestedAssembly(stage.artifactId);
    const folders = codeIn(assembly.directory);
    expect(folders.length).toBe(functions.length);
    for (const folder of folders) {
      expect(folder.startsWith(app.outdir), folder).toBe(true);
      const files = readdirSync(folder);
      expect(files).toEqual(expect.arrayContaining(['document.json', 'index.mjs']));
      // Everything else is a chunk of the bundle.
      expect(files.filter((file) => !/^(document\.json|[\w-]+\.mjs)$/.test(file))).toEqual([]);
    }
  });
});

describe('in the app of a user', () => {
  it('makes its stacks beside the stack that it is created in, and not in it', () => {
    const app = plainApp();
    const tocsin = monitor(new Stack(app, 'Own'));
    expect(stacksOf(tocsin).map(({ node }) => node.scope)).toEqual([app, app, app]);
  });

  it('may be there twice: two stages, or two definitions', () => {
    const app = plainApp();
    const all = [
      monitor(app, { stage: 'dev' }, 'Dev'),
      monitor(app, { stage: 'prod' }, 'Prod'),
      monitor(app, { definition: { ...example, name: 'shop' } }, 'Shop'),
    ];
    const stacks = all.flatMap(namesOf);
    expect(new Set(stacks).size).toBe(9);
    expect(app.synth().stacks.map(({ stackName }) => stackName)).toEqual(expect.arrayContaining(stacks));
    const documents = codeIn(app.outdir).map((folder) => readFileSync(join(folder, 'document.json'), 'utf8'));
    expect(new Set(documents).size).toBe(1);
  });

  it('fails the synth for what is wrong in it, and says in which', () => {
    const app = plainApp();
    const never = {
      ...example,
      services: { classifier: { ...example.services!['classifier']!, rules: [slowResponses({ aboveSeconds: 7 })] } },
    };
    monitor(app, {}, 'Fine');
    monitor(app, { definition: { ...never, name: 'shop' } }, 'Wrong');
    expect(() => app.synth()).toThrow(/\[Wrong\] classifier\/slow-responses can never fire/);
    expect(() => app.synth()).not.toThrow(/\[Fine\]/);
  });

  const tagsOf = (tocsin: Tocsin) =>
    Object.values(Template.fromStack(tocsin.stacks.pipeline).findResources('AWS::SQS::Queue')).map(
      ({ Properties }) => (Properties.Tags ?? []) as unknown[],
    );

  it.each<[string, (app: App, tocsin: Tocsin) => App | Tocsin]>([
    ['of the app', (app) => app],
    ['of the construct', (_, tocsin) => tocsin],
  ])('obeys tags and aspects %s', (_, scopeOf) => {
    const app = plainApp({ '@aws-cdk/core:explicitStackTags': true });
    const [tocsin, other] = [monitor(app), monitor(app, { stage: 'prod' }, 'Other')];
    const scope = scopeOf(app, tocsin);
    const seen = new Set<string>();
    Tags.of(scope).add('owner', 'ml');
    Aspects.of(scope).add({
      visit: (node) => {
        if ((node as CfnElement).logicalId && 'cfnResourceType' in node)
          seen.add((node as CfnResource).cfnResourceType);
      },
    });
    const tags = tagsOf(tocsin);
    expect(tags.length).toBeGreaterThan(10);
    for (const own of tags) expect(own).toContainEqual({ Key: 'owner', Value: 'ml' });
    expect([...seen]).toEqual(expect.arrayContaining(['AWS::Lambda::Function', 'AWS::SNS::Topic']));
    expect(tagsOf(other).flat().length > 0).toBe(scope === app);
  });

  it.each([true, false])('wins over the same tag of the app, with the flag for mutating aspects %s', (flag) => {
    const app = plainApp({
      '@aws-cdk/core:explicitStackTags': true,
      '@aws-cdk/core:aspectPrioritiesMutating': flag,
    });
    const tocsin = monitor(app);
    Tags.of(app).add('owner', 'app');
    Tags.of(tocsin).add('owner', 'ml');
    for (const own of tagsOf(tocsin)) expect(own).toContainEqual({ Key: 'owner', Value: 'ml' });
  });
});

describe('what it offers to others', () => {
  const app = plainApp();
  const tocsin = monitor(app);
  const own = new Stack(app, 'Own');

  it('lets a job report its runs to the bus, and do nothing else', () => {
    const job = new Role(own, 'Job', { assumedBy: new AccountRootPrincipal() });
    tocsin.grantIngest(job).assertSuccess();
    Template.fromStack(own).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: [
          {
            Effect: 'Allow',
            Action: 'events:PutEvents',
            Resource: {
              'Fn::Join': ['', Match.arrayWith([Match.stringLikeRegexp(':event-bus/tocsin-dev$')])],
            },
          },
        ],
      },
    });
  });

  it('names its topics, tables, bus, key and functions', () => {
    expect(Object.keys(tocsin.topics).sort()).toEqual(
      ['critical', 'failures', 'high', 'info', 'medium', 'notifications'].sort(),
    );
    expect(Object.keys(tocsin.tables)).toEqual(['history', 'incidents']);
    expect(Object.keys(tocsin.functions).sort()).toEqual(functions.map(({ name }) => name).sort());
    expect(own.resolve(tocsin.batchEventBus.eventBusName)).toBeDefined();
    expect(own.resolve(tocsin.key.keyArn)).toBeDefined();
  });
});

describe('feature flags of an app', () => {
  const ours = JSON.parse(readFileSync(new URL('../../cdk.json', import.meta.url), 'utf8')).context;
  /** Those that CDK refuses, and one that chooses another synthesizer, which is the user's to choose. */
  const notAFlag = ['core:enableStackNameDuplicates', 'aws-kms:defaultKeyPolicies', 'core:newStyleStackSynthesis'];
  const flags = Object.keys(FLAGS).filter(
    (flag) => !notAFlag.some((name) => flag.endsWith(name)) && typeof FLAGS[flag]!.recommendedValue === 'boolean',
  );
  const all = (value: boolean) => Object.fromEntries(flags.map((flag) => [flag, value]));
  const templates = (context: Record<string, unknown>) =>
    JSON.stringify(templatesOf(monitor(plainApp(context), { tracing: true })));
  const without = templates({});

  it.each([
    ['our own', ours],
    ['all on', all(true)],
    ['all off', all(false)],
    ['references between stacks', { '@aws-cdk/core:defaultCrossStackReferences': 'weak' }],
  ])('change nothing: %s', (_, context) => {
    expect(flags.length).toBeGreaterThan(50);
    expect(templates(context)).toBe(without);
  });
});

describe('the assets of two synths', () => {
  const hashes = (definition = example) => {
    const app = plainApp();
    monitor(app, { definition });
    app.synth();
    return codeIn(app.outdir)
      .map((folder) => folder.slice(app.outdir.length))
      .sort();
  };

  it('have the same hashes in different folders, and others when the definition is another', () => {
    const first = hashes();
    expect(hashes()).toEqual(first);
    const changed = hashes({ ...example, operators: ['someone-else@example.com'] });
    expect(first.filter((hash) => changed.includes(hash))).toEqual([]);
  });

  it('write nothing outside of the output of the app', () => {
    expect(existsSync('functions/sweep/index.mjs')).toBe(false);
    expect(existsSync('functions/sweep/document.json')).toBe(false);
  });
});
