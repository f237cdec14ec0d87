import { describe, expect, it } from 'vitest';
import { functions } from '../../functions/functions.ts';
import { bundleFunction } from '../../lib/bundle-function.ts';

// What a function loads when it starts, and what it never needs. Lambda bills both: the first as time, the second as size.

const bundles = functions.map(({ name }) => [name, bundleFunction(name).metafile.outputs] as const);

/** The sources in the files that Node.js reads before it runs the handler, without those that a later `import()` loads. */
function readAtStart(outputs: (typeof bundles)[number][1]): string[] {
  const entry = Object.keys(outputs).find((file) => file.endsWith('/index.mjs'))!;
  const files = new Set([entry]);
  for (const file of files) {
    for (const { path, kind } of outputs[file]!.imports)
      if (kind === 'import-statement' && outputs[path]) files.add(path);
  }
  return [...files].flatMap((file) => sourcesIn(outputs[file]!.inputs));
}

const sourcesIn = (inputs: Readonly<Record<string, { bytesInOutput: number }>>) =>
  Object.entries(inputs).flatMap(([source, { bytesInOutput }]) => (bytesInOutput > 0 ? [source] : []));

describe.each(bundles)('%s', (name, outputs) => {
  const all = Object.values(outputs).flatMap(({ inputs }) => sourcesIn(inputs));
  const among = (sources: readonly string[], pattern: RegExp) => sources.filter((source) => pattern.test(source));

  it('loads what only some invocations need with `import()`', () => {
    const sometimes = /node_modules\/(got|nodemailer|@aws-sdk\/client-(ssm|secrets-manager))\//;
    expect(among(readAtStart(outputs), sometimes)).toEqual([]);
  });

  it('contains nothing that Lambda never needs', () => {
    const never = [
      // Definitions are validated at synth, and a function reads the result.
      /^catalog\//,
      /^core\/definition\/(parse-definition|target-schemas|schema-problems|definition|cross-checks)\.ts$/,
      /^core\/rules\/lint-codes\.ts$/,
      // Only a check needs the kinds of checks, for the metrics that it measures.
      ...(name.endsWith('-check') ? [] : [/^core\/checks\/checks\.ts$/]),
      /^(tools|laptop|cli|lib)\//,
      // Credentials come from the environment.
      /node_modules\/@aws-sdk\/(credential-provider-|nested-clients|token-providers)/,
      /node_modules\/bowser\//,
    ];
    expect(never.flatMap((pattern) => among(all, pattern))).toEqual([]);
  });
});

describe('what is loaded later', () => {
  it.each([
    ['health-check', /node_modules\/got\//],
    ['disk-check', /node_modules\/got\//],
    ['email-notifier', /node_modules\/nodemailer\//],
    ['slack-notifier', /node_modules\/@aws-sdk\/client-ssm\//],
    ['slack-notifier', /node_modules\/@aws-sdk\/client-secrets-manager\//],
  ])('is among the files of the %s: %s', (function_, source) => {
    const outputs = new Map<string, (typeof bundles)[number][1]>(bundles).get(function_)!;
    expect(
      Object.values(outputs)
        .flatMap(({ inputs }) => sourcesIn(inputs))
        .some((each) => source.test(each)),
    ).toBe(true);
  });
});
