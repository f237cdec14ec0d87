import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseDefinition } from '../../catalog/parse-definition.ts';
import { writeYaml } from '../../cli/write-yaml.ts';
import type { Definition } from '../../core/definition/definition.ts';
import { audienceOf } from '../../core/incidents/notification-content.ts';
import { watchedRules } from '../../core/incidents/watched-rule.ts';
import { tiers } from '../../events/tier.ts';
import { batchFailed, batchMissing, email, health, modelNotLoaded, secret, serviceDown, slack } from '../../index.ts';
import example from '../../monitoring.config.ts';
import { alertLabels } from '../../tools/export/alert-labels.ts';
import { alertmanagerConfig } from '../../tools/export/alertmanager.ts';
import { aDefinition } from '../support/a-document.ts';
import { tocsin } from '../support/command-line.ts';
import { inFolder } from './in-folder.ts';
import { run } from './tools.ts';

describe.each(['15s', '60s', '2m'])('the export of the example config, scraped every %s', (scrapeInterval) => {
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tocsin-export-'));
    const tests = ['rule-tests/services.yaml', 'rule-tests/batch-and-disk.yaml'];
    const options = ['--scrape-interval', scrapeInterval, '--out', folder];
    expect(await tocsin('rules', 'export', 'prometheus', ...tests, ...options)).toMatchObject({ exitCode: 0 });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is a rule file that promtool takes', () => {
    const { exitCode, out } = run('promtool', ['check', 'rules', '--lint-fatal', 'tocsin.rules.yml'], folder);
    expect([exitCode, out]).toEqual([0, expect.stringMatching(/SUCCESS: 9 rules found/)]);
  });

  it('passes the rule tests in promtool', () => {
    const { exitCode, out, err } = run('promtool', ['test', 'rules', 'tocsin.1m.test.yml'], folder);
    expect([exitCode, err, out]).toEqual([0, '', expect.stringContaining('SUCCESS')]);
  });

  it('fails them when a rule is changed, so that they can fail', () => {
    const files = {
      'tocsin.rules.yml': readFileSync(join(folder, 'tocsin.rules.yml'), 'utf8').replace('for: 2m', 'for: 3m'),
      'tests.yml': readFileSync(join(folder, 'tocsin.1m.test.yml'), 'utf8'),
    };
    const { exitCode, err } = inFolder(files, (at) => run('promtool', ['test', 'rules', 'tests.yml'], at));
    expect([exitCode, err]).toEqual([1, expect.stringMatching(/service-down.*time: 7m/)]);
  });
});

describe('the export of the packs', () => {
  it.each([
    ['tocsin.1h.test.yml', () => true],
    // promtool evaluates every rule for each minute of each test: those that play hours and days would take it minutes.
    ['tocsin.1m.test.yml', (at: string) => !/[hd]/.test(at)],
  ])('passes their rule tests in promtool: %s', async (name, isShort) => {
    const folder = mkdtempSync(join(tmpdir(), 'tocsin-packs-'));
    try {
      const files = readdirSync('rule-tests/packs').filter((file) => file.endsWith('.yaml'));
      const paths = files.map((file) => `rule-tests/packs/${file}`);
      await tocsin(
        'rules',
        'export',
        'prometheus',
        ...paths,
        '--config',
        'rule-tests/packs/packs.config.ts',
        '--out',
        folder,
      );
      const { tests, ...rest } = parse(readFileSync(join(folder, name), 'utf8')) as { tests: PromtoolTest[] };
      const chosen = tests.filter(({ promql_expr_test: asked }) => asked.every(({ eval_time: at }) => isShort(at)));
      console.log(`${name}: ${chosen.length} of ${tests.length} rule tests of the packs played in promtool`);
      expect(chosen.length).toBeGreaterThan(0);
      writeFileSync(join(folder, 'chosen.yml'), writeYaml({ ...rest, tests: chosen }));
      const { exitCode, err } = run('promtool', ['test', 'rules', 'chosen.yml'], folder);
      expect([exitCode, err]).toEqual([0, '']);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

interface PromtoolTest {
  promql_expr_test: { eval_time: string }[];
}

/** Any config: routes, channels of rules, silent tiers, names with dots. */
const anyDefinition: fc.Arbitrary<Definition> = fc
  .record({
    routes: fc.array(fc.subarray(['alerts', 'team', 'pager'], { minLength: 1 }), { minLength: 4, maxLength: 4 }),
    own: fc.array(fc.option(fc.subarray(['alerts', 'team', 'pager'], { minLength: 1 }), { nil: undefined }), {
      minLength: 4,
      maxLength: 4,
    }),
    tier: fc.array(fc.constantFrom(...tiers), { minLength: 4, maxLength: 4 }),
    remindEvery: fc.constantFrom('1 hour' as const, '12 hours' as const, 'never' as const),
    inhibits: fc.subarray(['model-not-loaded']),
  })
  .map(({ routes, own, tier, remindEvery, inhibits }) => {
    const said = (i: number) => ({ tier: tier[i]!, ...(own[i] ? { channels: own[i] } : {}) });
    return aDefinition({
      channels: {
        alerts: slack({ webhook: secret('tocsin/slack') }),
        team: email({ from: 't@example.com', to: ['a@example.com', 'b@example.com'], smtp: secret('tocsin/smtp') }),
        pager: slack({ webhook: 'http://127.0.0.1:4511/hook' }),
      },
      routes: Object.fromEntries(tiers.map((name, i) => [name, routes[i]!])),
      services: {
        'classifier.eu': {
          url: 'https://c.example.com',
          checks: [health({ every: '1 minute' })],
          rules: [serviceDown({ ...said(0), remindEvery, inhibits }), modelNotLoaded(said(1))],
        },
      },
      batchJobs: { nightly: { rules: [batchFailed(said(2)), batchMissing(said(3))] } },
      volumes: {},
    });
  });

const definitions: [string, Definition][] = [
  ['the example config', example],
  ...fc.sample(anyDefinition, 12).map((of, i): [string, Definition] => [`any config, ${i}`, of]),
];

/** The receivers that Alertmanager would tell of an alert with these labels. */
function toldBy(config: string, labels: Record<string, string>): string[] {
  const { exitCode, out, err } = inFolder({ 'alertmanager.yml': config }, (folder) =>
    run(
      'amtool',
      [
        'config',
        'routes',
        'test',
        '--config.file=alertmanager.yml',
        ...Object.entries(labels).map(([k, v]) => `${k}=${v}`),
      ],
      folder,
    ),
  );
  if (exitCode !== 0) throw new Error(out + err);
  return out.trim().split(',').sort();
}

describe('the routes, by amtool', () => {
  it.each(definitions)('are those of the router, for every rule: %s', (_, definition) => {
    const document = parseDefinition(definition, { world: 'laptop' });
    const config = writeYaml(alertmanagerConfig(document, { smarthost: 'relay:25', secrets: '/run/secrets' }));
    const checked = inFolder({ 'alertmanager.yml': config }, (at) =>
      run('amtool', ['check-config', 'alertmanager.yml'], at),
    );
    expect([checked.exitCode, checked.err]).toEqual([0, '']);

    const rules = watchedRules(document).map(({ rule, target, alarm }) => ({
      alarm,
      theirs: toldBy(config, alertLabels(document, target, rule)),
      ours: channelsOf(document, rule.tier, rule.channels),
    }));
    expect(rules.length).toBeGreaterThan(3);
    expect(rules.filter(({ theirs, ours }) => theirs.join() !== ours.join())).toEqual([]);
    expect(toldBy(config, { severity: 'operators' })).toEqual(['tocsin-operators']);
    expect(toldBy(config, { alarm: 'no rule of ours' })).toEqual(channelsOf(document, 'high', undefined));
  });
});

const channelsOf = (...of: Parameters<typeof audienceOf>): string[] =>
  audienceOf(...of)
    .map(({ channel }) => channel)
    .sort();
