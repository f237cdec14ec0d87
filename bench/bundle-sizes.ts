// Prints how large each Lambda is and how long its import takes: `npm run bundle:sizes [-- --record]`.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { BuildOptions, Metafile } from 'esbuild';
import { parseDefinition } from '../catalog/parse-definition.ts';
import { functionsOf } from '../functions/deployed-functions.ts';
import { type Bundle, bundleFunction, lambdaBuild, lambdaCredentials } from '../lib/bundle-function.ts';
import { documentFile } from '../lib/function-code.ts';
import example from '../monitoring.config.ts';

/** Rounds. Each imports every bundle once in a fresh process, so that other work on the machine disturbs all bundles alike. */
const rounds = 11;

const measureImport = `
  const { cpuUsage } = process;
  const before = cpuUsage();
  const from = performance.now();
  await import(process.argv[1]);
  const wall = performance.now() - from;
  const { user, system } = cpuUsage(before);
  process.stdout.write(JSON.stringify({ wall, cpu: (user + system) / 1000 }), () => process.exit());
`;

/** The smallest function that uses a table: what the others are compared with. */
const bareClient =
  "import { DynamoDBClient } from '@aws-sdk/client-dynamodb'; export const client = new DynamoDBClient();";

const { buildSync } = createRequire(import.meta.url)('esbuild') as typeof import('esbuild');
const root = fileURLToPath(new URL('..', import.meta.url));

/** Bundles the bare client as a function is bundled. */
function bundleBare(options: BuildOptions): Bundle {
  const { outputFiles, metafile } = buildSync({
    ...lambdaBuild,
    ...options,
    write: false,
    metafile: true,
    stdin: { contents: bareClient, resolveDir: root },
    absWorkingDir: root,
    outdir: root,
  });
  return { files: new Map(outputFiles.map(({ path, contents }) => [basename(path), contents])), metafile };
}

const document = parseDefinition(example, { world: 'aws' });
const needed = functionsOf(document);
const bundles = new Map<string, Bundle>([
  ['bare DynamoDB client', bundleBare({ splitting: false })],
  ['the same, bundled like a function', bundleBare({ alias: lambdaCredentials() })],
  ...needed.map(({ name }) => [name, bundleFunction(name)] as const),
]);

/** What Lambda would set. A handler parses it while it is imported; nothing is called. */
const environment: Record<string, string> = {
  AWS_REGION: 'eu-central-1',
  AWS_ACCESS_KEY_ID: 'none',
  AWS_SECRET_ACCESS_KEY: 'none',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  ...Object.fromEntries(
    needed.flatMap(({ contract }) =>
      Object.keys(contract.environment.shape).map((name) => [name, 'http://127.0.0.1/none']),
    ),
  ),
};

interface Times {
  /** Milliseconds until the import is complete. */
  wall: number;
  /** Milliseconds of processor time in the whole process. Other work on the machine hardly changes it. */
  cpu: number;
}

function importOnce(file: string): Times {
  const script = ['--input-type=module', '--eval', measureImport, '--', pathToFileURL(file).href];
  return JSON.parse(execFileSync(process.execPath, script, { env: environment, encoding: 'utf8' })) as Times;
}

function measure(): Map<string, Times> {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-bundles-'));
  for (const [name, { files }] of bundles) {
    mkdirSync(join(folder, name));
    for (const [file, bytes] of files) writeFileSync(join(folder, name, file), bytes);
    writeFileSync(join(folder, name, 'document.json'), documentFile(document));
  }
  const times = new Map<string, Times[]>([...bundles.keys()].map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, all] of times) all.push(importOnce(join(folder, name, 'index.mjs')));
  }
  rmSync(folder, { recursive: true });
  return new Map(
    [...times].map(([name, all]) => [
      name,
      { wall: Math.min(...all.map(({ wall }) => wall)), cpu: median(all.map(({ cpu }) => cpu)) },
    ]),
  );
}

const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

/** The files that are read with the entry file, and not by a later `import()`. */
function readAtStart({ outputs }: Metafile): string[] {
  const entry = Object.keys(outputs).find((file) => basename(file) === 'index.mjs')!;
  const found = new Set([entry]);
  for (const file of found) {
    for (const { path, kind } of outputs[file]!.imports) {
      if (kind === 'import-statement' && outputs[path]) found.add(path);
    }
  }
  return [...found].map((file) => basename(file));
}

/** Bytes by package over all outputs: `@aws-sdk/client-dynamodb`, `zod`; our own files are `tocsin`. */
function bytesByPackage(metafiles: Metafile[]): Record<string, number> {
  const sums: Record<string, number> = {};
  const inputs = metafiles.flatMap(({ outputs }) =>
    Object.values(outputs).flatMap((output) => Object.entries(output.inputs)),
  );
  for (const [file, { bytesInOutput }] of inputs) {
    const name = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? 'tocsin';
    sums[name] = (sums[name] ?? 0) + bytesInOutput;
  }
  return sums;
}

const kilobytes = (bytes: number) => `${(bytes / 1024).toFixed(0)} KB`;
const sum = (sizes: number[]) => sizes.reduce((all, one) => all + one, 0);
const times = measure();
const [plain, alike] = [...times.values()] as [Times, Times];
const rows = [...bundles].map(([name, { files, metafile }]) => {
  const { wall, cpu } = times.get(name)!;
  const all = [...files.values()];
  return [
    name,
    kilobytes(sum(readAtStart(metafile).map((file) => files.get(file)!.length))),
    kilobytes(sum(all.map(({ length }) => length))),
    kilobytes(sum(all.map((bytes) => gzipSync(bytes).length))),
    `${wall.toFixed(0)} ms`,
    `${cpu.toFixed(0)} ms`,
    (cpu / plain.cpu).toFixed(2),
    (cpu / alike.cpu).toFixed(2),
  ];
});
const heaviest = Object.entries(bytesByPackage(needed.map(({ name }) => bundles.get(name)!.metafile)))
  .sort(([, a], [, b]) => b - a)
  .slice(0, 8)
  .map(([name, bytes]) => [name, kilobytes(bytes)]);

const table = (header: string[], body: string[][]) =>
  [header, header.map((_, i) => (i === 0 ? '---' : '---:')), ...body].map((row) => `| ${row.join(' | ')} |`).join('\n');
const report = [
  `Node ${process.versions.node}, ${process.platform} ${process.arch}, ${rounds} imports of each bundle in fresh processes, in turn: the shortest time, and the median of the processor time. The ratios compare the processor time with that of a bare DynamoDB client: as esbuild bundles it by default, and bundled like a function (without credential sources that Lambda does not use, and in several files).`,
  table(['function', 'read at start', 'all files', 'gzip', 'import', 'CPU', 'ratio', 'ratio, bundled alike'], rows),
  'What fills the bundles, summed over all of them:',
  table(['package', 'bytes'], heaviest),
].join('\n\n');

console.log(report);
if (process.argv.includes('--record')) {
  const file = fileURLToPath(new URL('bundle-sizes.md', import.meta.url));
  writeFileSync(
    file,
    `# Bundle sizes and import times\n\nMade by \`npm run bundle:sizes -- --record\`.\n\n${report}\n`,
  );
}
