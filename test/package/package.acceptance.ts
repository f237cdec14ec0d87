import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Tocsin } from '../../lib/tocsin.ts';
import example from '../../monitoring.config.ts';
import { Consumer, pack } from './consumer.ts';

const folder = mkdtempSync(join(tmpdir(), 'tocsin-package-'));
let tarball: string;
beforeAll(() => {
  tarball = pack(folder);
});
afterAll(() => rmSync(folder, { recursive: true }));

const app = (config: string) => `
import { App, Stack, Tags } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { AccountRootPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { Tocsin, type TocsinProps } from 'tocsin/cdk';
import definition from '${config}';

const app = new App();
const own = new Stack(app, 'Own');
const props: TocsinProps = { definition, stage: 'prod', vpc: new Vpc(own, 'Vpc') };
const tocsin = new Tocsin(app, 'Monitoring', props);
tocsin.grantIngest(new Role(own, 'Job', { assumedBy: new AccountRootPrincipal() }));
Tags.of(own).add('monitoring', tocsin.document.name);
`;

describe('beside an existing CDK app', () => {
  let consumer: Consumer;
  beforeAll(() => {
    consumer = new Consumer(tarball, ['aws-cdk-lib', 'constructs', '@types/node']);
    for (const at of ['', 'commonjs/']) {
      cpSync('monitoring.config.ts', join(consumer.folder, at, 'monitoring.config.ts'), { recursive: true });
      consumer.write(`${at}app.ts`, app('./monitoring.config.js'));
    }
    consumer.write('commonjs/package.json', '{ "type": "commonjs" }');
    cpSync('docs/runbooks', join(consumer.folder, 'docs/runbooks'), { recursive: true });
  });
  afterAll(() => consumer?.remove());

  it.each([
    ['nodenext', ['--module', 'nodenext']],
    ['node16', ['--module', 'node16']],
    ['bundler', ['--module', 'esnext', '--moduleResolution', 'bundler']],
  ])('the types are clean, libraries included: %s', (_, options) => {
    expect(consumer.compile(['app.ts'], ['--noEmit', ...options])).toBe('');
  });

  it.each([
    ['ES modules', ''],
    ['CommonJS', 'commonjs/'],
  ])('an app in %s is compiled and synthesizes what this repository does, code of the functions included', (_, at) => {
    const files = [`${at}app.ts`, `${at}monitoring.config.ts`];
    expect(consumer.compile(files, ['--module', 'nodenext', '--outDir', `${at}js`])).toBe('');
    const { status, said } = consumer.run(process.execPath, [`${at}js/app.js`], { CDK_OUTDIR: `${at}cdk.out` });
    expect([said, status]).toEqual(['', 0]);

    const app = new App({ outdir: join(folder, 'cdk.out') });
    new Tocsin(app, 'Monitoring', { definition: example, stage: 'prod', vpc: new Vpc(new Stack(app, 'Own'), 'Vpc') });
    app.synth();
    const theirs = join(consumer.folder, at, 'cdk.out');
    expect(assetsIn(theirs)).toEqual(assetsIn(app.outdir));
    for (const stack of ['state', 'pipeline', 'alarms-0']) {
      const file = `tocsin-prod-${stack}.template.json`;
      expect(readFileSync(join(theirs, file), 'utf8')).toBe(readFileSync(join(app.outdir, file), 'utf8'));
    }
  });
});

describe('in a folder without CDK', () => {
  let consumer: Consumer;
  beforeAll(() => {
    consumer = new Consumer(tarball, []);
    for (const path of ['monitoring.config.ts', 'rule-tests'])
      cpSync(path, join(consumer.folder, path), { recursive: true });
    cpSync('docs/runbooks', join(consumer.folder, 'docs/runbooks'), { recursive: true });
    cpSync('docs/guides/backtest/latency.csv', join(consumer.folder, 'latency.csv'));
  });
  afterAll(() => consumer?.remove());

  it('adds at most 60 MB, CDK and every other peer left out, and no install script', () => {
    expect(consumer.megabytes()).toBeLessThan(60);
    expect(consumer.read('package-lock.json')).not.toContain('hasInstallScript');
    expect(readdirSync(join(consumer.folder, 'node_modules'))).not.toContain('aws-cdk-lib');
  });

  it.each<[string, string[], RegExp]>([
    ['--version', ['--version'], /^\d+\.\d+\.\d+$/m],
    ['rules list', ['rules', 'list'], /classifier\/service-down/],
    ['rules test', ['rules', 'test', 'rule-tests/services.yaml'], /passed/],
    ['cost', ['cost'], /USD/],
    ['rules backtest', ['rules', 'backtest', 'classifier/slow-responses', '--csv', 'latency.csv'], /1,428 values/],
    ['simulate', ['simulate', 'outage'], /1 incident opened/],
  ])('npx tocsin %s', (_, args, says) => {
    const { status, said } = consumer.run('npx', ['tocsin', ...args]);
    expect(said).toMatch(says);
    expect(status).toBe(0);
  });

  it('loads a config that imports by the paths of its tsconfig.json', () => {
    consumer.write('tsconfig.json', JSON.stringify({ compilerOptions: { paths: { '@lib/*': ['./lib/*'] } } }));
    consumer.write('lib/name.ts', "export const name = 'by-paths';");
    const config = consumer.read('monitoring.config.ts').replace("name: 'tocsin'", 'name');
    consumer.write('paths.config.ts', `import { name } from '@lib/name';\n${config}`);
    const { status, said } = consumer.run('npx', [
      'tocsin',
      ...['rules', 'explain', 'classifier/service-down', '--config', 'paths.config.ts'],
    ]);
    expect([said.includes('by-paths'), status]).toEqual([true, 0]);
  });

  it('npx tocsin start --once looks at each target, on a store on disk', () => {
    const { said } = consumer.run('npx', ['tocsin', 'start', '--once', '--state', 'state']);
    expect(said).toMatch(/classifier/);
    expect(said).not.toMatch(/fault of Tocsin|Cannot find/);
  });
});

describe('in a new folder', () => {
  let consumer: Consumer;
  beforeAll(() => {
    consumer = new Consumer(tarball, ['aws-cdk', 'aws-cdk-lib', 'constructs', 'tsx', '@types/node']);
  });
  afterAll(() => consumer?.remove());

  it('tocsin init writes what can be linted, tested, compiled and synthesized as it is', () => {
    expect(consumer.run('npx', ['tocsin', 'init', '--yes'])).toMatchObject({ status: 0 });
    expect(consumer.run('npx', ['tocsin', 'rules', 'lint'])).toMatchObject({ status: 0 });
    expect(consumer.run('npx', ['tocsin', 'rules', 'test', 'rule-tests/services.yaml'])).toMatchObject({ status: 0 });
    const options = ['--noEmit', '--module', 'nodenext', '--allowImportingTsExtensions'];
    expect(consumer.compile(['monitoring.app.ts'], options)).toBe('');
    const { status, said } = consumer.run('npx', ['cdk', 'synth', '--quiet']);
    expect([status, said]).toEqual([0, expect.stringContaining('Successfully synthesized')]);
    expect(readdirSync(join(consumer.folder, 'cdk.out')).filter((name) => name.endsWith('.template.json'))).toEqual([
      'consumer-dev-alarms-0.template.json',
      'consumer-dev-pipeline.template.json',
      'consumer-dev-state.template.json',
    ]);
  });
});

const assetsIn = (assembly: string) => readdirSync(assembly).filter((name) => name.startsWith('asset.'));
