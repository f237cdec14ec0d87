import { execFile, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'app-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the app as the CDK command line does, which hands `-c key=value` over in an environment variable. */
const app = (context: { config?: string; stage?: string; tracing?: string }) =>
  spawnSync(process.execPath, ['--import', 'tsx', 'bin/app.ts'], {
    encoding: 'utf8',
    env: { ...process.env, CDK_CONTEXT_JSON: JSON.stringify(context), CDK_OUTDIR: join(folder, 'out') },
  });

describe('the CDK app', () => {
  it.each([
    {
      case: 'a config that is missing',
      context: { config: join(folder, 'none.ts') },
      says: /^There is no config at .*none\.ts\. Specify its path with --config, or create one with npx tocsin init\.\n$/,
    },
    {
      case: 'a stage that the config has not',
      context: { stage: 'staging' },
      says: /^The config has a problem:\n {2}stages: "staging" is not a stage; use one of: dev, prod\n$/,
    },
    {
      case: 'a flag that is neither true nor false',
      context: { tracing: 'yes' },
      says: /^The config has a problem:\n {2}-c tracing: "yes" is neither true nor false\n$/,
    },
  ])('says what is wrong with $case, without a stack trace, and exits with 1', ({ context, says }) => {
    const { status, stderr, stdout } = app(context);
    expect(stderr).toMatch(says);
    expect(stdout).toBe('');
    expect(status).toBe(1);
  });

  it('says in a sentence that a deployment costs more than its budget', () => {
    const config = join(folder, 'dear.ts');
    writeFileSync(
      config,
      `import own from ${JSON.stringify(join(process.cwd(), 'monitoring.config.ts'))};
export default { ...own, stages: { dev: { budgetPerMonth: 1 } } };`,
    );
    const { status, stderr } = app({ config });
    expect(stderr).toMatch(/^tocsin\/dev costs \d+\.\d\d USD a month, and cost\.budgetPerMonth is 1\.00 USD\. /m);
    expect(stderr).not.toMatch(/\[\]|\n\s+at |uncaught/i);
    expect(status).toBe(1);
  });

  it('traces every function with X-Ray when it is told -c tracing=true', () => {
    expect(app({ tracing: 'true' }).status).toBe(0);
    const template = readFileSync(join(folder, 'out/tocsin-dev-pipeline.template.json'), 'utf8');
    const { Resources } = JSON.parse(template) as {
      Resources: Record<string, { Type: string; Properties: { TracingConfig?: unknown } }>;
    };
    const functions = Object.values(Resources).filter(({ Type }) => Type === 'AWS::Lambda::Function');
    expect(functions.length).toBeGreaterThan(0);
    expect(functions.filter((lambda) => !lambda.Properties.TracingConfig)).toEqual([]);
  });
});

describe('two synths at once', () => {
  const read = (...path: string[]) => readFileSync(join(folder, ...path), 'utf8');

  it('each has every bundle, with its own document beside it, and leave nothing behind', async () => {
    const stages = ['dev', 'prod'];
    const temporary = join(folder, 'tmp');
    mkdirSync(temporary);
    await Promise.all(
      stages.map((stage) =>
        promisify(execFile)(process.execPath, ['--import', 'tsx', 'bin/app.ts'], {
          env: {
            ...process.env,
            CDK_CONTEXT_JSON: JSON.stringify({ stage }),
            CDK_OUTDIR: join(folder, stage),
            CDK_VALIDATION: 'false',
            TMPDIR: temporary,
          },
        }),
      ),
    );
    for (const stage of stages) {
      const assets = readdirSync(join(folder, stage)).filter((name) => /^asset\.[0-9a-f]+$/.test(name));
      expect(assets.length).toBe(8);
      for (const asset of assets) {
        expect(JSON.parse(read(stage, asset, 'document.json'))).toMatchObject({ name: 'tocsin', stage });
        expect(read(stage, asset, 'index.mjs')).toContain('handler');
      }
    }
    expect(readdirSync(temporary).filter((name) => name.startsWith('tocsin-'))).toEqual([]);
  });
});
