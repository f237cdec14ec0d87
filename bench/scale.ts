// Runs each command on 1, 100, 500 and 1,000 services with ten rules each: `npm run bench:scale [-- --record] [-- <word>]`.
// With a word, only the commands with this word in their names run. Exits with 1 if the time of a command grows more than
// linearly.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { SystemClock } from '../adapters/system-clock.ts';
import { parseDefinition } from '../catalog/parse-definition.ts';
import { StateFolder } from '../laptop/state-folder.ts';
import { openStore, storesOver } from '../laptop/store.ts';
import { definitionOf } from './scale-definition.ts';

const sizes = [1, 100, 500, 1000] as const;
type Size = (typeof sizes)[number];
type Times = Record<Size, number>;

/**
 * The maximum ratio of the time for the second 500 services to that for the first 500: it is 1 for linear growth and 3 for
 * quadratic growth. Differences of less than a second in total are ignored as noise.
 */
const mostGrowth = 2;
const leastJudged = 1;

const tocsin = fileURLToPath(new URL('../bin/tocsin.js', import.meta.url));
const app = fileURLToPath(new URL('../bin/app.ts', import.meta.url));

/** Each command with its arguments, in a folder of {@link prepare}. */
const commands: Readonly<Record<string, (at: string) => { args: string[]; env?: Record<string, string> }>> = {
  cost: (at) => ({ args: [tocsin, 'cost', ...configIn(at)] }),
  'rules list': (at) => ({ args: [tocsin, 'rules', 'list', ...configIn(at)] }),
  'rules lint': (at) => ({ args: [tocsin, 'rules', 'lint', ...configIn(at)] }),
  'rules test': (at) => ({ args: [tocsin, 'rules', 'test', join(at, 'tests.yaml'), ...configIn(at)] }),
  'rules explain': (at) => ({ args: [tocsin, 'rules', 'explain', 'service-0/service-down', ...configIn(at)] }),
  'rules export prometheus': (at) => ({
    args: [tocsin, 'rules', 'export', 'prometheus', join(at, 'tests.yaml'), '--out', join(at, 'out'), ...configIn(at)],
  }),
  'rules export alertmanager': (at) => ({ args: [tocsin, 'rules', 'export', 'alertmanager', ...configIn(at)] }),
  docs: (at) => ({ args: [tocsin, 'docs', '--out', join(at, 'docs'), ...configIn(at)] }),
  'start --once': (at) => ({ args: [tocsin, 'start', '--once', ...configIn(at)] }),
  'check health': (at) => ({ args: [tocsin, 'check', 'health', '--state', join(at, 'state')] }),
  'history failed': (at) => ({ args: [tocsin, 'history', 'failed', '--state', join(at, 'state')] }),
  'simulate, an hour': (at) => ({ args: [tocsin, 'simulate', join(at, 'hour.scenario'), ...configIn(at)] }),
  synth: (at) => ({
    args: ['--import', 'tsx', app],
    env: {
      CDK_OUTDIR: join(at, 'cdk.out'),
      CDK_VALIDATION: 'false',
      CDK_CONTEXT_JSON: JSON.stringify({ config: join(at, 'monitoring.config.ts'), target: 'ministack' }),
    },
  }),
};

const configIn = (at: string) => ['--config', join(at, 'monitoring.config.ts')];

/** Creates the files that the commands read, for this number of services. */
async function prepare(at: string, size: Size, url: string): Promise<void> {
  mkdirSync(at);
  const definition = definitionOf(size, url);
  writeFileSync(join(at, 'monitoring.config.ts'), `export default ${JSON.stringify(definition)};\n`);
  const tests = Object.keys(definition.services!).map((name) => ({
    name: 'three minutes',
    rule: `${name}/service-down`,
    series: '1x5 0x5 1x5',
    expect: [{ at: '9 minutes', state: 'ALARM' }],
  }));
  writeFileSync(join(at, 'tests.yaml'), stringify({ tests }));
  const scenario = [
    'title: An hour',
    'starts: 2026-11-23 12:00',
    'lasts: 1 hour',
    '',
    'service-0 is down from 12:10 to 12:20',
  ];
  writeFileSync(join(at, 'hour.scenario'), `${scenario.join('\n')}\n`);
  await remember(at, size, parseDefinition(definition, { world: 'laptop' }));
}

/** Creates a laptop state with a failed run for each of the services. */
async function remember(at: string, size: Size, document: ReturnType<typeof parseDefinition>): Promise<void> {
  const folder = new StateFolder(join(at, 'state'));
  folder.write({ document });
  const store = await openStore(folder, document);
  const { history } = storesOver(store.client, document, new SystemClock());
  for (let i = 0; i < size; i++) {
    const startedAt = Date.now() - 3_600_000 + i * 1000;
    const error = { class: 'batch-failed', message: 'cannot reach the API' };
    await history.record({
      id: `run-${i}`,
      kind: 'job',
      target: 'nightly',
      outcome: 'failed',
      startedAt,
      finishedAt: startedAt + 500,
      error,
      measurements: {},
      details: {},
    });
  }
  await store.close();
}

/** Makes a process write its CPU time when it exits. */
const reportsCpuTime = `import { writeSync } from 'node:fs'; import { isMainThread } from 'node:worker_threads';
if (isMainThread) process.on('exit', () => { const { user, system } = process.cpuUsage(); writeSync(3, String(user + system)); });`;

/** The CPU time of a command in seconds, so that other work on the machine has no effect. */
async function secondsOf({ args, env }: { args: string[]; env?: Record<string, string> }): Promise<number> {
  const hook = `--import=data:text/javascript,${encodeURIComponent(reportsCpuTime)}`;
  const child = spawn(process.execPath, [hook, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  const [said, took] = await Promise.all([textOf(child, 2), textOf(child, 3)]);
  const code = child.exitCode ?? (await new Promise((resolve) => child.once('exit', resolve)));
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}: ${said.slice(0, 1000)}`);
  return Number(took) / 1_000_000;
}

async function textOf(child: ChildProcess, stream: 2 | 3): Promise<string> {
  let text = '';
  for await (const part of child.stdio[stream] as NodeJS.ReadableStream) text += String(part);
  return text;
}

const growthOf = (times: Times) => (times[1000] - times[500]) / (times[500] - times[1]);
const isSignificant = (times: Times) => times[1000] - times[1] >= leastJudged;

function sayReport(measured: ReadonlyMap<string, Times>): string {
  const rows = [
    ['', ...sizes.map((size) => size.toLocaleString('en-US')), 'the second 500 to the first'],
    ['---', ...sizes.map(() => '---:'), '---:'],
    ...[...measured].map(([name, times]) => [
      `\`${name}\``,
      ...sizes.map((size) => `${times[size].toFixed(1)} s`),
      isSignificant(times) ? `${growthOf(times).toFixed(1)} ×` : 'too small to compare',
    ]),
  ];
  const { versions, platform, arch } = process;
  return [
    `Services with ten rules each; CPU seconds, including about 0.8 s to start; Node ${versions.node}, ${platform} ${arch}. Linear growth is 1 ×, quadratic growth 3 ×.`,
    rows.map((row) => `| ${row.join(' | ')} |`).join('\n'),
  ].join('\n\n');
}

const server = createServer((_, response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end('{"status":"healthy","model_loaded":true}');
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const folder = mkdtempSync(join(tmpdir(), 'tocsin-scale-'));
try {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  for (const size of sizes) await prepare(join(folder, String(size)), size, url);
  const words = process.argv.slice(2).filter((word) => !word.startsWith('--'));
  const measured = new Map<string, Times>();
  for (const [name, command] of Object.entries(commands)) {
    if (!words.every((word) => name.includes(word))) continue;
    const times = {} as Times;
    for (const size of sizes) times[size] = await secondsOf(command(join(folder, String(size))));
    measured.set(name, times);
    console.log(`${name}: ${sizes.map((size) => `${times[size].toFixed(1)} s`).join(', ')}`);
  }
  const report = sayReport(measured);
  console.log(`\n${report}`);
  if (process.argv.includes('--record'))
    writeFileSync(
      fileURLToPath(new URL('scale.md', import.meta.url)),
      `# Many services\n\nMade by \`npm run bench:scale -- --record\`.\n\n${report}\n`,
    );
  const worse = [...measured].filter(([, times]) => isSignificant(times) && growthOf(times) > mostGrowth);
  for (const [name] of worse)
    console.error(`The time of ${name} grows more than linearly with the number of services.`);
  if (worse.length > 0) process.exitCode = 1;
} finally {
  server.close();
  rmSync(folder, { recursive: true, force: true });
}
