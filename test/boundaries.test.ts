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
const core = /core\/ is pure/;
const adapters = /adapters\/ implement the ports/;
const functions = /Only handler\.ts wires adapters/;
const handlers = /A handler wires adapters to its own function/;
const list = /The list of functions imports the contract/;
const cost = /core\/cost is pure/;
const lib = /lib\/ runs at synth/;
const local = /local\/ composes everything but/;

const imports: readonly Import[] = [
  { file: 'events/a.ts', from: 'zod' },
  { file: 'events/a.ts', from: './tier.ts' },
  { file: 'events/a.ts', from: '../core/time/clock.ts', says: events },
  { file: 'events/a.ts', from: 'node:fs', says: events },

  { file: 'core/checks/a.ts', from: '../../events/tier.ts' },
  { file: 'core/checks/a.ts', from: '../time/clock.ts' },
  { file: 'core/checks/a.ts', from: 'croner' },
  { file: 'core/checks/a.ts', from: '../../adapters/system-clock.ts', says: core },
  { file: 'core/checks/a.ts', from: '../../functions/health-check/evaluate.ts', says: core },
  { file: 'core/checks/a.ts', from: '../../local/world.ts', says: core },
  { file: 'core/checks/a.ts', from: 'node:fs', says: core },
  { file: 'core/checks/a.ts', from: '@aws-sdk/client-sns', says: core },
  { file: 'core/checks/a.ts', from: 'aws-cdk-lib', says: core },
  { file: 'core/checks/a.ts', from: 'got', says: core },

  { file: 'core/cost/a.ts', from: '../../functions/functions.ts' },
  { file: 'core/cost/a.ts', from: '../../functions/disk-check/contract.ts', says: cost },
  { file: 'core/cost/a.ts', from: 'node:fs', says: cost },
  { file: 'core/checks/a.ts', from: '../../functions/functions.ts', says: core },

  { file: 'adapters/a.ts', from: '../core/time/clock.ts' },
  { file: 'adapters/a.ts', from: '@aws-sdk/client-sns' },
  { file: 'adapters/a.ts', from: '../functions/health-check/evaluate.ts', says: adapters },
  { file: 'adapters/a.ts', from: '../local/world.ts', says: adapters },
  { file: 'adapters/a.ts', from: 'aws-cdk-lib', says: adapters },

  { file: 'functions/disk-check/observe.ts', from: '../../core/checks/disk.ts' },
  { file: 'functions/disk-check/observe.ts', from: '../../events/tier.ts' },
  { file: 'functions/disk-check/observe.ts', from: './evaluate.ts' },
  { file: 'functions/disk-check/observe.ts', from: '../../adapters/system-clock.ts', says: functions },
  { file: 'functions/disk-check/observe.ts', from: '../health-check/evaluate.ts', says: functions },
  { file: 'functions/disk-check/observe.ts', from: '../../lib/names.ts', says: functions },
  { file: 'functions/disk-check/observe.ts', from: '@aws-sdk/client-cloudwatch', says: functions },

  { file: 'functions/disk-check/handler.ts', from: '../../adapters/system-clock.ts' },
  { file: 'functions/disk-check/handler.ts', from: '@aws-sdk/client-cloudwatch' },
  { file: 'functions/disk-check/handler.ts', from: './observe.ts' },
  { file: 'functions/disk-check/handler.ts', from: '../health-check/observe.ts', says: handlers },
  { file: 'functions/disk-check/handler.ts', from: '../../lib/names.ts', says: handlers },
  { file: 'functions/disk-check/handler.ts', from: '../../local/world.ts', says: handlers },

  { file: 'functions/a.ts', from: './disk-check/contract.ts' },
  { file: 'functions/a.ts', from: '../core/deployment/contract.ts' },
  { file: 'functions/a.ts', from: './disk-check/handler.ts', says: list },
  { file: 'functions/a.ts', from: './disk-check/observe.ts', says: list },
  { file: 'functions/a.ts', from: '@aws-sdk/client-sns', says: list },

  { file: 'lib/a.ts', from: '../functions/disk-check/contract.ts' },
  { file: 'lib/a.ts', from: '../functions/functions.ts' },
  { file: 'lib/a.ts', from: 'aws-cdk-lib/aws-sqs' },
  { file: 'lib/a.ts', from: '../core/alarms/alarm.ts' },
  { file: 'lib/a.ts', from: '../functions/disk-check/observe.ts', says: lib },
  { file: 'lib/a.ts', from: '../adapters/system-clock.ts', says: lib },
  { file: 'lib/a.ts', from: '../local/load-config.ts', says: lib },
  { file: 'lib/a.ts', from: '@aws-sdk/client-sns', says: lib },

  { file: 'local/commands/a.ts', from: '../../functions/disk-check/observe.ts' },
  { file: 'local/commands/a.ts', from: '../../adapters/system-clock.ts' },
  { file: 'local/commands/a.ts', from: '../../functions/functions.ts' },
  { file: 'local/commands/a.ts', from: '../../functions/disk-check/handler.ts', says: local },
  { file: 'local/commands/a.ts', from: '../../lib/names.ts', says: local },
  { file: 'local/commands/a.ts', from: 'aws-cdk-lib', says: local },
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

  it('core/ and events/ read no clock, no environment, no chance and no network', () => {
    expect(linesWith(clockAndEnvironment, sources('core', 'events'))).toEqual([]);
  });

  it('functions/ do so in no file but handler.ts', () => {
    const decisions = sources('functions').filter((file) => !file.endsWith('/handler.ts'));
    expect(decisions.length).toBeGreaterThan(10);
    expect(linesWith(clockAndEnvironment, decisions)).toEqual([]);
  });

  it('nothing that runs on AWS scans a table', () => {
    expect(linesWith(/\bScan(Command|Input)?\b|paginateScan/, sources('adapters', 'core', 'functions'))).toEqual([]);
  });
});
