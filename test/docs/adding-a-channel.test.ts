import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// The example of CONTRIBUTING.md, "Adding a channel", applied as it stands to a copy of the repository. What every kind of
// channel must pass is then run in the copy: a kind that needed a change anywhere else would fail there.

const root = fileURLToPath(new URL('../..', import.meta.url));
const [, section = ''] = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8').split('\n## Adding a channel\n');

interface Block {
  language: string;
  path: string;
  lines: string[];
}

/** The blocks of code that begin with the path of a file. */
const blocks: Block[] = [...section.matchAll(/^```(ts|diff)\n\/\/ (\S+)\n(.*?)^```$/gms)].map(
  ([, language, path, code]) => ({ language: language!, path: path!, lines: code!.trimEnd().split('\n') }),
);

/** Replaces, for each part of a diff, the lines that it begins from, which must be there once, by those that it leads to. */
function patched(text: string, { path, lines }: Block): string {
  return lines
    .join('\n')
    .split('\n…\n')
    .reduce((now, part) => {
      const side = (drop: string) =>
        part
          .split('\n')
          .filter((line) => !line.startsWith(drop))
          .map((line) => line.slice(1))
          .join('\n');
      if (now.split(side('+')).length !== 2) throw new Error(`${path} does not hold these lines once:\n${side('+')}`);
      return now.replace(side('+'), () => side('-'));
    }, text);
}

let copy = '';
/** Runs a tool of the house in the copy. */
const run = (packageName: string, script: string, ...args: string[]) => {
  const tool = join(dirname(createRequire(import.meta.url).resolve(`${packageName}/package.json`)), script);
  const { VITEST: _, VITEST_WORKER_ID: __, VITEST_POOL_ID: ___, ...env } = process.env;
  return spawnSync(process.execPath, [tool, ...args], { cwd: copy, encoding: 'utf8', env: { ...env, NO_COLOR: '1' } });
};

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'tocsin-with-a-channel-'));
  const left = ['node_modules', 'cdk.out', 'coverage'];
  cpSync(root, copy, {
    recursive: true,
    filter: (path) => path === root || (!basename(path).startsWith('.') && !left.includes(basename(path))),
  });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  for (const block of blocks) {
    const path = join(copy, block.path);
    mkdirSync(dirname(path), { recursive: true });
    const text = block.language === 'diff' ? patched(readFileSync(path, 'utf8'), block) : `${block.lines.join('\n')}\n`;
    writeFileSync(path, text);
  }
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

describe('the channel of CONTRIBUTING.md', () => {
  it('is two folders, and lines in lists', () => {
    const folders = blocks.filter(({ language }) => language === 'ts').map(({ path }) => dirname(path));
    expect([...new Set(folders)]).toEqual(['core/channels/discord', 'functions/discord-notifier']);
    expect(blocks.filter(({ language }) => language === 'diff').map(({ path }) => path)).toEqual([
      'core/channels/channels.ts',
      'index.ts',
      'functions/functions.ts',
    ]);
  });

  it('compiles, with everything that asks the list', () => {
    const include = ['core', 'adapters', 'catalog', 'tools', 'functions', 'lib', 'laptop', 'cli', 'test/core/channels'];
    writeFileSync(join(copy, 'tsconfig.channel.json'), JSON.stringify({ extends: './tsconfig.json', include }));
    const { status, stdout } = run('typescript', 'bin/tsc', '-p', 'tsconfig.channel.json');
    expect([status, stdout]).toEqual([0, '']);
  });

  it('keeps to the import rules and the format', () => {
    const paths = blocks.map(({ path }) => path);
    const { status, stderr } = run('@biomejs/biome', 'bin/biome', 'check', '--vcs-enabled=false', ...paths);
    expect([status, stderr]).toEqual([0, '']);
  });

  it('passes what every kind of channel must pass, from its settings to its bill', () => {
    const { stdout, stderr } = run(
      'vitest',
      'vitest.mjs',
      'run',
      'test/core/channels/every-kind.test.ts',
      '--reporter=json',
    );
    const report = JSON.parse(stdout.slice(stdout.indexOf('{"'))) as {
      testResults: { assertionResults: { fullName: string; status: string; failureMessages: string[] }[] }[];
    };
    const results = report.testResults.flatMap(({ assertionResults }) => assertionResults);
    const failed = results
      .filter(({ status }) => status === 'failed')
      .map((one) => [one.fullName, one.failureMessages]);
    expect([failed, stderr]).toEqual([[], '']);
    expect(results.filter((one) => /discord/.test(one.fullName) && one.status === 'passed').length).toBeGreaterThan(20);
  });
});
