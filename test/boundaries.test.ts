import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// The import rules of the house are the linter's. This test proves that it enforces them: a house in a temporary folder,
// with our biome.json, in which each file breaks one rule or keeps it.

const biome = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome');

interface Import {
  /** The file that imports. */
  file: string;
  from: string;
  /** What the linter says; undefined when it is allowed. */
  says?: RegExp;
}

const events = /events\/ holds messages only/;
const core = /core\/ is what runs when the pipeline runs/;
const catalog = /catalog\/ holds data that a user picks from/;
const tools = /tools\/ reads definitions and recordings/;
const adapters = /adapters\/ implement the ports/;
const functions = /Only a handler wires adapters/;
const handlers = /A handler wires adapters to its own function/;
const list = /The list of functions imports the contract/;
const cost = /tools\/cost is pure/;
const lib = /lib\/ runs at synth/;
const laptop = /laptop\/ composes everything but/;
const cli = /cli\/ uses everything but/;

const imports: readonly Import[] = [
  { file: 'events/a.ts', from: 'zod' },
  { file: 'events/a.ts', from: './tier.ts' },
  { file: 'events/a.ts', from: '../core/time/clock.ts', says: events },
  { file: 'events/a.ts', from: 'node:fs', says: events },

  { file: 'core/checks/a.ts', from: '../../events/tier.ts' },
  { file: 'core/checks/a.ts', from: '../time/clock.ts' },
  { file: 'core/checks/a.ts', from: 'croner' },
  { file: 'core/checks/a.ts', from: '../../catalog/metrics/catalogue.ts', says: core },
  { file: 'core/checks/a.ts', from: '../../tools/lint/finding.ts', says: core },
  { file: 'core/checks/a.ts', from: '../../adapters/system-clock.ts', says: core },
  { file: 'core/checks/a.ts', from: '../../functions/health-check/evaluate.ts', says: core },
  { file: 'core/checks/a.ts', from: '../../laptop/world.ts', says: core },
  { file: 'core/checks/a.ts', from: '../../cli/terminal.ts', says: core },
  { file: 'core/checks/a.ts', from: 'node:fs', says: core },
  { file: 'core/checks/a.ts', from: '@aws-sdk/client-sns', says: core },
  { file: 'core/checks/a.ts', from: 'aws-cdk-lib', says: core },
  { file: 'core/checks/a.ts', from: 'got', says: core },
  // Nodemailer's composer only makes bytes; the rest of it sends.
  { file: 'core/channels/a.ts', from: 'nodemailer/lib/mail-composer' },
  { file: 'core/channels/a.ts', from: 'nodemailer', says: core },
  { file: 'core/channels/a.ts', from: 'nodemailer/lib/smtp-transport', says: core },

  { file: 'catalog/rules/a.ts', from: '../../core/rules/rule.ts' },
  { file: 'catalog/packs/a.ts', from: '../rules/api.ts' },
  { file: 'catalog/rules/a.ts', from: '../../tools/lint/finding.ts', says: catalog },
  { file: 'catalog/rules/a.ts', from: '../../adapters/system-clock.ts', says: catalog },
  { file: 'catalog/rules/a.ts', from: '../../cli/terminal.ts', says: catalog },

  { file: 'tools/cost/a.ts', from: '../../core/deployment/contract.ts' },
  { file: 'tools/pages/a.ts', from: '../../catalog/metrics/catalogue.ts' },
  { file: 'tools/pages/a.ts', from: '../../functions/functions.ts', says: tools },
  { file: 'tools/pages/a.ts', from: '../../adapters/system-clock.ts', says: tools },
  { file: 'tools/explain/a.ts', from: '../lint/finding.ts' },
  { file: 'tools/cost/a.ts', from: '../../functions/health-check/contract.ts', says: cost },
  { file: 'tools/cost/a.ts', from: '../../adapters/system-clock.ts', says: cost },
  { file: 'tools/cost/a.ts', from: '../../cli/terminal.ts', says: cost },
  { file: 'tools/cost/a.ts', from: 'node:fs', says: cost },

  { file: 'tools/cost/a.ts', from: '../../functions/functions.ts' },
  { file: 'tools/cost/a.ts', from: '../../functions/disk-check/contract.ts', says: cost },
  { file: 'tools/cost/a.ts', from: 'node:fs', says: cost },
  { file: 'core/checks/a.ts', from: '../../functions/functions.ts', says: core },

  { file: 'adapters/a.ts', from: '../core/time/clock.ts' },
  { file: 'adapters/a.ts', from: '@aws-sdk/client-sns' },
  { file: 'adapters/a.ts', from: '../catalog/rules/api.ts', says: adapters },
  { file: 'adapters/a.ts', from: '../tools/backtest/csv-rows.ts', says: adapters },
  { file: 'adapters/a.ts', from: '../functions/health-check/evaluate.ts', says: adapters },
  { file: 'adapters/a.ts', from: '../laptop/world.ts', says: adapters },
  { file: 'adapters/a.ts', from: 'aws-cdk-lib', says: adapters },

  { file: 'functions/disk-check/observe.ts', from: '../../core/checks/disk.ts' },
  { file: 'functions/disk-check/observe.ts', from: '../../events/tier.ts' },
  { file: 'functions/disk-check/observe.ts', from: './evaluate.ts' },
  { file: 'functions/disk-check/observe.ts', from: '../../catalog/metrics/catalogue.ts', says: functions },
  { file: 'functions/disk-check/observe.ts', from: '../../adapters/system-clock.ts', says: functions },
  { file: 'functions/disk-check/observe.ts', from: '../health-check/evaluate.ts', says: functions },
  { file: 'functions/disk-check/observe.ts', from: '../../lib/names.ts', says: functions },
  { file: 'functions/disk-check/observe.ts', from: '@aws-sdk/client-cloudwatch', says: functions },

  { file: 'functions/disk-check/handler.ts', from: '../../adapters/system-clock.ts' },
  { file: 'functions/disk-check/handler.ts', from: '../check-handler.ts' },
  { file: 'functions/disk-check/handler.ts', from: '@aws-sdk/client-cloudwatch' },
  { file: 'functions/disk-check/handler.ts', from: './observe.ts' },
  { file: 'functions/disk-check/handler.ts', from: '../health-check/observe.ts', says: handlers },
  { file: 'functions/disk-check/handler.ts', from: '../../catalog/metrics/catalogue.ts', says: handlers },
  { file: 'functions/disk-check/handler.ts', from: '../../lib/names.ts', says: handlers },
  { file: 'functions/disk-check/handler.ts', from: '../../laptop/world.ts', says: handlers },

  { file: 'functions/deployed-a.ts', from: './disk-check/contract.ts' },
  { file: 'functions/deployed-a.ts', from: '../core/deployment/contract.ts' },
  { file: 'functions/deployed-a.ts', from: './disk-check/handler.ts', says: list },
  { file: 'functions/deployed-a.ts', from: './disk-check/observe.ts', says: list },
  { file: 'functions/deployed-a.ts', from: '@aws-sdk/client-sns', says: list },

  { file: 'lib/a.ts', from: '../functions/disk-check/contract.ts' },
  { file: 'lib/a.ts', from: '../functions/functions.ts' },
  { file: 'lib/a.ts', from: 'aws-cdk-lib/aws-sqs' },
  { file: 'lib/a.ts', from: '../core/alarms/alarm.ts' },
  { file: 'lib/a.ts', from: '../tools/cost/bill.ts' },
  { file: 'lib/a.ts', from: '../tools/export/promql.ts', says: lib },
  { file: 'lib/a.ts', from: '../functions/disk-check/observe.ts', says: lib },
  { file: 'lib/a.ts', from: '../adapters/system-clock.ts', says: lib },
  { file: 'lib/a.ts', from: '../cli/load-config.ts', says: lib },
  { file: 'lib/a.ts', from: '../laptop/world.ts', says: lib },
  { file: 'lib/a.ts', from: '@aws-sdk/client-sns', says: lib },

  { file: 'laptop/a.ts', from: '../functions/disk-check/observe.ts' },
  { file: 'laptop/a.ts', from: '../adapters/system-clock.ts' },
  { file: 'laptop/a.ts', from: '../functions/disk-check/handler.ts', says: laptop },
  { file: 'laptop/a.ts', from: '../cli/terminal.ts', says: laptop },
  { file: 'laptop/a.ts', from: '../lib/names.ts', says: laptop },
  { file: 'laptop/a.ts', from: 'aws-cdk-lib', says: laptop },

  { file: 'cli/commands/a.ts', from: '../../laptop/world.ts' },
  { file: 'cli/commands/a.ts', from: '../../adapters/system-clock.ts' },
  { file: 'cli/commands/a.ts', from: '../../functions/disk-check/handler.ts', says: cli },
  { file: 'cli/commands/a.ts', from: '../../lib/names.ts', says: cli },
  { file: 'cli/commands/a.ts', from: 'aws-cdk-lib', says: cli },
  { file: 'cli/commands/a.ts', from: '../../functions/functions.ts' },
];

/** One file for each import, since several may stand for the same place: `core/checks/a.ts` becomes `core/checks/a3.ts`. */
const fileOf = (row: Import) => {
  const i = imports.indexOf(row);
  // A handler must bear its name, so it gets a folder of its own instead.
  return row.file.endsWith('handler.ts')
    ? row.file.replace('disk-check', `disk-check-${i}`)
    : row.file.replace(/\.ts$/, `${i}.ts`);
};

describe('the linter', () => {
  let house = '';
  let said = '';
  beforeAll(() => {
    house = mkdtempSync(join(tmpdir(), 'tocsin-house-'));
    copyFileSync('biome.json', join(house, 'biome.json'));
    for (const row of imports) {
      const path = join(house, fileOf(row));
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, `import { a } from '${row.from}';\n\nexport const b = a;\n`);
    }
    // Two files that import each other, if only types.
    mkdirSync(join(house, 'core/circle'), { recursive: true });
    writeFileSync(
      join(house, 'core/circle/one.ts'),
      "import type { B } from './other.ts';\n\nexport type A = B | 1;\n",
    );
    writeFileSync(
      join(house, 'core/circle/other.ts'),
      "import type { A } from './one.ts';\n\nexport type B = A | 2;\n",
    );
    const { stdout } = spawnSync(
      process.execPath,
      [biome, 'lint', '--vcs-enabled=false', '--max-diagnostics=none', '--reporter=github', '.'],
      { cwd: house, encoding: 'utf8' },
    );
    said = stdout;
  });
  afterAll(() => rmSync(house, { recursive: true }));

  it.each(imports.map((row) => ({ ...row, row, verdict: row.says ? 'is refused' : 'is allowed' })))(
    '$file imports $from: $verdict',
    ({ row, says }) => {
      const complaints = said.split('\n').filter((line) => line.includes(fileOf(row)));
      if (says) expect(complaints.join('\n')).toMatch(says);
      else expect(complaints).toEqual([]);
    },
  );

  it('refuses two files that import each other', () => {
    const complaints = said.split('\n').filter((line) => line.includes('core/circle/'));
    expect(complaints.join('\n')).toMatch(/one\.ts.*cycle[\s\S]*other\.ts.*cycle/);
  });
});

describe('what no import shows', () => {
  const sources = (...rooms: string[]) =>
    rooms
      .flatMap((room) => readdirSync(room, { recursive: true, encoding: 'utf8' }).map((file) => join(room, file)))
      .filter((file) => file.endsWith('.ts'));

  /** Lines of code that match, comments left out, as `file: line`. */
  const linesWith = (pattern: RegExp, files: readonly string[]) =>
    files.flatMap((file) =>
      readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => !/^\s*(\/\/|\/?\*)/.test(line) && pattern.test(line))
        .map((line) => `${file}: ${line.trim()}`),
    );

  const clockAndEnvironment =
    /Date\.now\(|new Date\(\)|process\.|\bset(Timeout|Interval|Immediate)\(|performance\.|Math\.random|randomUUID|\bfetch\(/;

  it('core/, catalog/, tools/ and events/ read no clock, no environment, no chance and no network', () => {
    expect(linesWith(clockAndEnvironment, sources('core', 'catalog', 'tools', 'events'))).toEqual([]);
  });

  it('functions/ do so in no file but the handlers', () => {
    const decisions = sources('functions').filter((file) => !file.endsWith('handler.ts'));
    expect(decisions.length).toBeGreaterThan(10);
    expect(linesWith(clockAndEnvironment, decisions)).toEqual([]);
  });

  it('files hold one idea: none has over 300 lines, half of them under 60', () => {
    const rooms = ['events', 'core', 'catalog', 'tools', 'adapters', 'functions', 'lib', 'laptop', 'cli', 'bin'];
    const lengths = sources(...rooms).map((file) => ({
      file,
      lines: readFileSync(file, 'utf8').split('\n').length - 1,
    }));
    expect(lengths.filter(({ lines }) => lines > 300)).toEqual([]);
    expect(lengths.map(({ lines }) => lines).toSorted((a, b) => a - b)[lengths.length >> 1]).toBeLessThan(60);
  });

  it('nothing that runs on AWS scans a table', () => {
    expect(linesWith(/\bScan(Command|Input)?\b|paginateScan/, sources('adapters', 'core', 'functions'))).toEqual([]);
  });
});
