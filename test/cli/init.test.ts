import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { init } from '../../cli/commands/init.ts';
import { deploymentNameFrom, projectIn } from '../../cli/init/project.ts';
import type { Terminal } from '../../cli/terminal.ts';
import { ownFolder, tocsinProcess } from '../support/command-line.ts';

const { path, write } = ownFolder();

/** Runs `tocsin init --yes` in the folder of the test and returns what it prints. */
async function initialize(options: { name?: string; url?: string; email?: string } = {}): Promise<string> {
  const printed: string[] = [];
  const terminal: Terminal = { print: (text) => printed.push(text), warn: (text) => printed.push(text) };
  await init({ yes: true, ...options }, terminal, path());
  return printed.join('\n');
}
const read = (file: string) => readFileSync(path(file), 'utf8');

describe('tocsin init', () => {
  it('writes a deployment into an empty folder, and says what comes next', async () => {
    const printed = await initialize();
    expect(printed.match(/^written .*$/gm)).toEqual([
      'written  monitoring.config.ts',
      'written  rule-tests/services.yaml',
      'written  .env.example',
      'written  .gitignore',
      'written  monitoring.app.ts',
      'written  cdk.json',
      'written  .github/workflows/monitoring.yml',
      'written  docs/monitoring/ (a runbook for each rule, and the metrics)',
    ]);
    expect(printed).toMatch(/1\. npm init -y && npm i -D tocsin\n.*\n {2}3\. npx tocsin start/);
    expect(JSON.parse(read('cdk.json'))).toEqual({ app: 'npx tsx monitoring.app.ts' });
    expect(read('monitoring.app.ts')).toContain("from './monitoring.config.ts'");
  });

  it('writes a config that the lint accepts, and a rule test that passes', async () => {
    await initialize();
    for (const args of [
      ['rules', 'lint'],
      ['rules', 'test', 'rule-tests/services.yaml'],
      ['cost', '--json'],
    ])
      expect(await tocsinProcess(args, { cwd: path() })).toMatchObject({ exitCode: 0, err: '' });
  });

  it('keeps every file that exists, also of an earlier call', async () => {
    write('monitoring.config.ts', '// ours');
    expect(await initialize()).toContain('exists   monitoring.config.ts\nwritten  rule-tests/services.yaml');
    expect(existsSync(path('docs'))).toBe(false);
    write('.env.example', 'OURS=');
    expect((await initialize()).match(/^written/gm)).toBeNull();
    expect([read('monitoring.config.ts'), read('.env.example')]).toEqual(['// ours', 'OURS=']);
  });

  it('finds an existing CDK app, and says what to add to which file', async () => {
    write('cdk.json', JSON.stringify({ app: 'npx ts-node --prefer-ts-exts infra/shop.ts' }));
    write('package.json', JSON.stringify({ name: '@shop/infra' }));
    const printed = await initialize({ url: 'https://shop.example.com' });
    expect(printed).toContain('Add to infra/shop.ts');
    expect(printed).toContain("import definition from '../monitoring.config';");
    expect(printed).toContain('it monitors https://shop.example.com');
    expect(existsSync(path('monitoring.app.ts'))).toBe(false);
    expect(JSON.parse(read('cdk.json')).app).toContain('infra/shop.ts');
    expect(read('monitoring.config.ts')).toContain("name: 'infra'");
  });

  it.each<[string, object, RegExp]>([
    ['name', { name: 'My App' }, /name: "My App" is not a valid deployment name/],
    ['URL', { url: 'shop.example.com' }, /url: /],
    ['email address', { email: 'me' }, /operators/],
  ])('refuses a %s that the config could not have, before it writes anything', async (_, given, says) => {
    await expect(initialize(given)).rejects.toThrow(says);
    expect(existsSync(path('monitoring.config.ts'))).toBe(false);
    expect(existsSync(path('rule-tests'))).toBe(false);
  });

  it('names its own app to deploy where cdk.json starts an app in another language', async () => {
    write('cdk.json', JSON.stringify({ app: 'python3 app.py' }));
    expect(await initialize()).toContain('npx cdk deploy --all --app "npx tsx monitoring.app.ts"');
    expect(existsSync(path('monitoring.app.ts'))).toBe(true);
  });

  it('says what an existing .gitignore lacks', async () => {
    write('.gitignore', 'node_modules\n.env\n');
    expect(await initialize()).toMatch(/\d\. Add to \.gitignore: \.tocsin$/m);
  });

  it('prints a job for GitLab in place of a workflow', async () => {
    write('.gitlab-ci.yml', 'stages: []\n');
    expect(await initialize()).toMatch(/Add to \.gitlab-ci\.yml:\n\n +monitoring:\n/);
    expect(existsSync(path('.github'))).toBe(false);
  });

  it('can be called again: its own app is not taken for one of the user', async () => {
    await initialize();
    expect(await initialize()).not.toContain('Add to monitoring.app.ts');
    expect(projectIn(path()).cdkApp).toBeUndefined();
  });

  it.each([
    ['@acme/Model API', 'model-api'],
    ['42-services', 'services'],
    ['a-very-long-name-of-a-package-that-goes-on', 'a-very-long-name-of-a-package'],
    ['___', 'monitoring'],
  ])('makes of the package %s the deployment %s', (name, deployment) =>
    expect(deploymentNameFrom(name)).toBe(deployment),
  );
});
