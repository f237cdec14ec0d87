// Prints how large each Lambda is and how long its import takes: `npm run bundle:sizes [-- --record]`.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { parseDefinition } from '../catalog/parse-definition.ts';
import type { Contract } from '../core/deployment/contract.ts';
import { functionsOf } from '../functions/deployed-functions.ts';
import { bundleFunctions } from '../lib/bundle-functions.ts';
import { documentFile } from '../lib/function-code.ts';
import example from '../monitoring.config.ts';

/** The number of new processes per bundle. The minimum of their times is the least affected by other work on the machine. */
const runs = 9;

const measureImport = `
  const from = performance.now();
  await import(process.argv[1]);
  process.stdout.write(String(performance.now() - from), () => process.exit());
`;

/** The environment that Lambda would set. A handler parses it on import; no service is called. */
const environmentOf = (contract: Contract): Record<string, string> => ({
  AWS_REGION: 'eu-central-1',
  AWS_ACCESS_KEY_ID: 'none',
  AWS_SECRET_ACCESS_KEY: 'none',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  ...Object.fromEntries(Object.keys(contract.environment.shape).map((name) => [name, 'http://127.0.0.1/none'])),
});

function importMs(bundle: string, contract: Contract): number {
  const times = Array.from({ length: runs }, () =>
    Number(
      execFileSync(
        process.execPath,
        ['--input-type=module', '--eval', measureImport, '--', pathToFileURL(bundle).href],
        { env: environmentOf(contract), encoding: 'utf8' },
      ),
    ),
  );
  return Math.min(...times);
}

const document = parseDefinition(example, { world: 'aws' });
const needed = functionsOf(document);
const { code: bundles, metafile } = bundleFunctions(needed.map(({ name }) => name));
const folder = mkdtempSync(join(tmpdir(), 'tocsin-bundles-'));
writeFileSync(join(folder, 'document.json'), documentFile(document));

const kilobytes = (bytes: number) => `${(bytes / 1024).toFixed(0)} KB`;
const rows = needed.map(({ name, contract }) => {
  const bundle = join(folder, `${name}.mjs`);
  const code = bundles.get(name)!;
  writeFileSync(bundle, code);
  return [
    name,
    kilobytes(code.length),
    kilobytes(gzipSync(code).length),
    `${importMs(bundle, contract).toFixed(0)} ms`,
  ];
});
rmSync(folder, { recursive: true });
const heaviest = Object.entries(heaviestPackages(metafile.outputs))
  .sort(([, a], [, b]) => b - a)
  .slice(0, 8)
  .map(([name, bytes]) => [name, kilobytes(bytes)]);

const table = (header: string[], body: string[][]) =>
  [header, header.map((_, i) => (i === 0 ? '---' : '---:')), ...body].map((row) => `| ${row.join(' | ')} |`).join('\n');
const report = [
  `Node ${process.versions.node}, ${process.platform} ${process.arch}, minimum of ${runs} imports in new processes.`,
  table(['function', 'bundle', 'gzip', 'import'], rows),
  'The packages in the bundles, sum over all bundles:',
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

/** Bytes by package over all outputs: `@aws-sdk/client-dynamodb`, `zod`; our own files are `tocsin`. */
function heaviestPackages(outputs: typeof metafile.outputs): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { inputs } of Object.values(outputs)) {
    for (const [file, { bytesInOutput }] of Object.entries(inputs)) {
      const name = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? 'tocsin';
      sums[name] = (sums[name] ?? 0) + bytesInOutput;
    }
  }
  return sums;
}
