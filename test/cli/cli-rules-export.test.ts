import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ownFolder, tocsin } from '../support/command-line.ts';

const folder = ownFolder();

describe('tocsin rules export prometheus', () => {
  it('prints the rule file', async () => {
    const { exitCode, out } = await tocsin('rules', 'export', 'prometheus');
    expect(exitCode).toBe(0);
    expect(parse(out)).toMatchObject({ groups: [{ name: 'tocsin-dev-1m' }] });
  });

  it('writes it with unit tests of promtool beside it, and says where', async () => {
    const out = folder.path('prometheus');
    const said = await tocsin('rules', 'export', 'prometheus', 'rule-tests/services.yaml', '--out', out);
    expect(said).toMatchObject({ exitCode: 0, out: `${out}/tocsin.rules.yml\n${out}/tocsin.1m.test.yml\n` });
    expect(parse(readFileSync(`${out}/tocsin.1m.test.yml`, 'utf8'))).toMatchObject({
      rule_files: ['tocsin.rules.yml'],
      evaluation_interval: '1m',
    });
  });

  it.each([
    [[], '# The scrape interval is 15 s.', 'service="classifier"}[59s999ms]'],
    [['--scrape-interval', '1m'], '# The scrape interval is 1 min.', 'service="classifier"}[1m59s999ms]'],
  ])('is for a scrape interval: %j', async (options, says, reads) => {
    const { out } = await tocsin('rules', 'export', 'prometheus', ...options);
    expect(out).toContain(says);
    expect(out).toContain(reads);
  });

  it('says how a scrape interval is written', async () => {
    const { exitCode, err } = await tocsin('rules', 'export', 'prometheus', '--scrape-interval', 'often');
    expect([exitCode, err]).toEqual([
      1,
      expect.stringContaining('Specify a number and a unit (s, m, h or d), for example 30m or 2d'),
    ]);
  });

  it('takes another stage', async () => {
    const { out } = await tocsin('rules', 'export', 'prometheus', '--stage', 'prod');
    expect(out).toContain('alarm: tocsin/prod/service/classifier/service-down');
  });
});

describe('tocsin rules export alertmanager', () => {
  it('prints the routes, with the relay and the folder of secrets that are asked for', async () => {
    const { exitCode, out } = await tocsin(
      'rules',
      'export',
      'alertmanager',
      '--smarthost',
      'relay:25',
      '--secrets',
      '/run/secrets/',
    );
    expect(exitCode).toBe(0);
    expect(out).toContain('smtp_smarthost: relay:25');
    expect(out).toContain('api_url_file: /run/secrets/tocsin_slack_webhook');
  });
});

describe('what cannot be exported is said in a line, without a trace', () => {
  const typo = 'tests: [{ name: a, rule: classifier/service-down, serie: 1x4, expect: [{ at: 1 minute, state: OK }] }]';
  const stranger = 'tests: [{ name: a, rule: classifier/no-such, series: 1x4, expect: [{ at: 1 minute, state: OK }] }]';
  it.each<[string, () => string[], RegExp]>([
    [
      'a config that is not there',
      () => ['prometheus', '--config', 'no.config.ts'],
      /^There is no config at .*no\.config\.ts\. Specify its path with --config, or create one with npx tocsin init\.\n$/,
    ],
    [
      'a stage that the config has not',
      () => ['alertmanager', '--stage', 'moon'],
      /stages: "moon" is not a stage; use one of: dev, prod\n$/,
    ],
    [
      'a folder that is a file',
      () => ['prometheus', '--out', folder.write('taken', '')],
      /^.*taken\/tocsin\.rules\.yml cannot be written: EEXIST/,
    ],
    [
      'a folder that nobody can make',
      () => ['alertmanager', '--out', '/proc/tocsin'],
      /^\/proc\/tocsin\/alertmanager\.yml cannot be written: ENOENT/,
    ],
    [
      'a typo in a file of rule tests',
      () => ['prometheus', folder.write('t.yaml', typo), '--out', folder.path()],
      /t\.yaml is not a valid file of rule tests:\n.*tests\[0\]\.serie/,
    ],
    [
      'a rule test of no rule',
      () => ['prometheus', folder.write('t.yaml', stranger), '--out', folder.path()],
      /^The config has no rule called classifier\/no-such\.\n$/,
    ],
    [
      'a file of rule tests that is not there',
      () => ['prometheus', 'no.yaml', '--out', folder.path()],
      /^no\.yaml cannot be read/,
    ],
    [
      'rule tests, and no folder for them',
      () => ['prometheus', 'rule-tests/services.yaml'],
      /with --out <folder>\.\n$/,
    ],
  ])('%s', async (_, args, says) => {
    const { exitCode, err } = await tocsin('rules', 'export', ...args());
    expect(exitCode).toBe(1);
    expect(err).toMatch(says);
    expect(err).not.toMatch(/\n\s+at /);
  });
});
