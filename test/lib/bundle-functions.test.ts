import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseDefinition } from '../../catalog/parse-definition.ts';
import { addDocument, bundleDeployment, bundleFunctions } from '../../lib/bundle-functions.ts';
import example from '../../monitoring.config.ts';

// GIVEN a folder of two functions, one of which has only a contract so far
const folder = mkdtempSync(join(tmpdir(), 'functions-'));
const functions = join(folder, 'functions');
const out = join(folder, 'out');
const document = parseDefinition(example, { world: 'aws' });

beforeAll(async () => {
  mkdirSync(join(functions, 'greeter/node_modules/old'), { recursive: true });
  mkdirSync(join(functions, 'unborn'), { recursive: true });
  writeFileSync(join(functions, 'unborn/contract.ts'), 'export const terms = {};');
  // CommonJS that requires a module of Node: what a bundle in ESM fails at without help.
  writeFileSync(
    join(functions, 'greeter/node_modules/old/index.js'),
    `const { basename } = require('node:path'); exports.last = basename;`,
  );
  writeFileSync(
    join(functions, 'greeter/handler.ts'),
    `import { readFile } from 'node:fs/promises';
     import { last } from 'old';
     const document = JSON.parse(await readFile(new URL('./document.json', import.meta.url), 'utf8'));
     export const handler = async (event: string): Promise<string> => \`\${last(event)} \${document.name} \${document.hash}\`;`,
  );
  mkdirSync(join(out, 'removed'), { recursive: true });
  writeFileSync(join(out, 'removed/index.mjs'), '');

  // WHEN they are bundled, and the document is put beside them
  const { names } = await bundleFunctions({ functions, out });
  await addDocument(names, document, out);
});
afterAll(() => rmSync(folder, { recursive: true }));

const bundle = join(out, 'greeter/index.mjs');

describe('the bundle of a function', () => {
  it('runs by itself, with the document that lies beside it', () => {
    const said = execFileSync(
      process.execPath,
      [
        '--input-type=module',
        '--eval',
        `const { handler } = await import(process.argv[1]); console.log(await handler('/to/me'));`,
        '--',
        pathToFileURL(bundle).href,
      ],
      { encoding: 'utf8', cwd: folder },
    );
    expect(said).toBe(`me tocsin ${document.hash}\n`);
  });

  it('is minified', () => {
    expect(readFileSync(bundle, 'utf8').split('\n').length).toBeLessThan(8);
  });

  it('is byte by byte the same when it is made again, so that nothing is deployed that did not change', async () => {
    const before = [readFileSync(bundle, 'utf8'), readFileSync(join(out, 'greeter/document.json'), 'utf8')];
    const { names } = await bundleFunctions({ functions, out });
    await addDocument(names, parseDefinition(example, { world: 'aws' }), out);
    expect([readFileSync(bundle, 'utf8'), readFileSync(join(out, 'greeter/document.json'), 'utf8')]).toEqual(before);
  });

  it('is not made for a function without a handler, and does not outlive its function', () => {
    expect(existsSync(join(out, 'unborn'))).toBe(false);
    expect(existsSync(join(out, 'removed'))).toBe(false);
  });
});

describe('two deployments in one app', () => {
  it('each have a folder of their own, in which the other changes nothing', async () => {
    const other = { ...document, name: 'other' };
    const [one, two] = await Promise.all([document, other].map((each) => bundleDeployment(each, join(folder, 'new'))));
    const nameIn = (bundles: typeof one) =>
      (JSON.parse(readFileSync(join(bundles!.folderOf('sweep'), 'document.json'), 'utf8')) as { name: string }).name;
    expect([nameIn(one), nameIn(two)]).toEqual(['tocsin', 'other']);

    await two!.remove();
    expect(existsSync(two!.folderOf('sweep'))).toBe(false);
    expect(existsSync(join(one!.folderOf('sweep'), 'index.mjs'))).toBe(true);
  });
});
