// Evaluates a month of 50 rules, and compares the time with that of promtool: `npm run bench:rules [-- --record]`.
// promtool is found in the PATH or by $PROMTOOL; on Debian it is in the package prometheus.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import type { AlarmCondition } from '../core/alarms/alarm-condition.ts';
import { playAlarm } from '../tools/rule-tests/play-alarm.ts';
import { parseSeries } from '../tools/rule-tests/series.ts';

const [rules, minutes, runs] = [50, 43_200, 3];

/** The two most common kinds of rules: a value for some minutes, and a five-minute average. */
const work = Array.from({ length: rules }, (_, i) => {
  const series = seriesOf(i);
  const isAverage = i % 5 === 0;
  const periodSeconds = isAverage ? 300 : 60;
  const evaluationPeriods = isAverage ? 2 : 3 + (i % 8);
  const alarm: AlarmCondition = {
    statistic: isAverage ? 'Average' : 'Maximum',
    comparison: 'above',
    threshold: 5,
    periodSeconds,
    evaluationPeriods,
    datapointsToAlarm: evaluationPeriods,
    missingData: 'missing',
  };
  return { name: `m${i}`, series, alarm };
});

/** Healthy hours, outages of some minutes, and gaps, in promtool's notation, with different intervals for each rule. */
function seriesOf(seed: number): string {
  const items: string[] = [];
  for (let length = 0, turn = seed; length < minutes; turn += 1) {
    const [quiet, bad, gap] = [40 + ((turn * 7) % 90), 2 + ((turn * 5) % 19), turn % 11 === 0 ? 4 : 0];
    items.push(`1+0x${quiet - 1}`, `9+0x${bad - 1}`, ...(gap > 0 ? [`_x${gap}`] : []));
    length += quiet + bad + gap;
  }
  return items.join(' ');
}

const folder = mkdtempSync(join(tmpdir(), 'tocsin-bench-'));
try {
  const ours = least(() => {
    for (const { alarm, series } of work) playAlarm(alarm, parseSeries(series), 60, minutes * 60);
  });
  const process = least(() => run(globalThis.process.execPath, ourProcess()));
  const promtool = globalThis.process.env['PROMTOOL'] ?? 'promtool';
  const version = /version (\S+)/.exec(spawnSync(promtool, ['--version'], { encoding: 'utf8' }).stdout ?? '')?.[1];
  const theirs = version === undefined ? undefined : least(() => run(promtool, promtoolTest()));
  const report = sayReport({ ours, process, theirs, version });
  console.log(report);
  if (globalThis.process.argv.includes('--record')) {
    if (theirs === undefined) throw new Error('promtool was not found: install it, or set PROMTOOL.');
    writeFileSync(
      fileURLToPath(new URL('rules.md', import.meta.url)),
      `# Evaluating rules\n\nMade by \`npm run bench:rules -- --record\`.\n\n${report}\n`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Milliseconds. The minimum of several runs is the least affected by other work on the machine. */
function least(what: () => void): number {
  const times = Array.from({ length: runs }, () => {
    const from = performance.now();
    what();
    return performance.now() - from;
  });
  return Math.min(...times);
}

function run(program: string, args: readonly string[]): void {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} failed: ${error?.message ?? ''}${stdout}${stderr}`);
}

/** `tocsin rules test` of the same rules: start, config, files and the router's state machine included. */
function ourProcess(): string[] {
  const config = join(folder, 'monitoring.config.ts');
  const services = work.map(({ name, alarm }) => [
    name,
    {
      url: 'https://model.example.com',
      checks: [{ check: 'health', every: '1 minute', expect: {} }],
      rules: [
        {
          type: 'metric',
          id: 'high',
          tier: 'medium',
          metric: 'ResponseSeconds',
          statistic: alarm.statistic,
          comparison: alarm.comparison,
          threshold: alarm.threshold,
          period: `${alarm.periodSeconds} seconds`,
          for: `${alarm.periodSeconds * alarm.evaluationPeriods} seconds`,
          missingData: alarm.missingData,
          remindEvery: 'never',
          summary: 'High',
          description: 'High.',
          runbook: 'none.md',
        },
      ],
    },
  ]);
  const definition = {
    name: 'bench',
    operators: ['nobody@example.com'],
    channels: { team: { channel: 'email', from: 'a@example.com', to: ['b@example.com'] } },
    routes: { medium: ['team'] },
    services: Object.fromEntries(services),
  };
  writeFileSync(config, `export default ${JSON.stringify(definition)};\n`);
  const tests = join(folder, 'tests.yaml');
  writeFileSync(
    tests,
    stringify({
      tests: work.map(({ name, series }) => ({
        name: 'a month',
        rule: `${name}/high`,
        series,
        // 720 h: the end of the month, so that all of it is evaluated. The state at that time does not matter.
        expect: [{ at: `${minutes} minutes` }],
      })),
    }),
  );
  const program = fileURLToPath(new URL('../bin/tocsin.js', import.meta.url));
  return [program, 'rules', 'test', tests, '--config', config];
}

/** The same series and conditions in the format of Prometheus: `for` is (N − 1) × period. */
function promtoolTest(): string[] {
  const [groupFile, testFile] = [join(folder, 'rules.yml'), join(folder, 'test.yml')];
  const group = work.map(({ name, alarm }) => ({
    alert: name,
    expr: alarm.statistic === 'Average' ? `avg_over_time(${name}[5m]) > 5` : `${name} > 5`,
    for: `${((alarm.evaluationPeriods - 1) * alarm.periodSeconds) / 60}m`,
  }));
  writeFileSync(groupFile, stringify({ groups: [{ name: 'bench', interval: '1m', rules: group }] }));
  const test = {
    interval: '1m',
    input_series: work.map(({ name, series }) => ({ series: name, values: series })),
    // One expectation at the end of the month, of an alert that does not exist, so that everything is evaluated.
    alert_rule_test: [{ eval_time: `${minutes}m`, alertname: 'none' }],
  };
  writeFileSync(testFile, stringify({ rule_files: [groupFile], evaluation_interval: '1m', tests: [test] }));
  return ['test', 'rules', testFile];
}

function sayReport(took: { ours: number; process: number; theirs: number | undefined; version: string | undefined }) {
  const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;
  const beside = (ms: number) => (took.theirs === undefined ? 'no promtool' : `${(took.theirs / ms).toFixed(1)} ×`);
  const rows = [
    ['', 'time', 'promtool takes'],
    ['---', '---:', '---:'],
    ['the evaluator: series parsed, all states', seconds(took.ours), beside(took.ours)],
    ['`tocsin rules test`: a process with config, files, messages', seconds(took.process), beside(took.process)],
    ...(took.theirs === undefined
      ? []
      : [[`\`promtool test rules\` ${took.version}`, seconds(took.theirs), beside(took.theirs)]]),
  ];
  return [
    `${rules} rules × ${minutes.toLocaleString('en-US')} minutes; Node ${globalThis.process.versions.node}, ${globalThis.process.platform} ${globalThis.process.arch}, minimum of ${runs}.`,
    rows.map((row) => `| ${row.join(' | ')} |`).join('\n'),
  ].join('\n\n');
}
