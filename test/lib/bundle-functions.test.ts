import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseDefinition } from '../../catalog/parse-definition.ts';
import { bundleFunctions } from '../../lib/bundle-functions.ts';
import { bundleOf } from '../../lib/function-bundles.ts';
import { documentFile } from '../../lib/function-code.ts';
import example from '../../monitoring.config.ts';

// GIVEN a folder with a function
const folder = mkdtempSync(join(tmpdir(), 'functions-'));
const functions = join(folder, 'functions');
const document = parseDefinition(example, { world: 'aws' });
const textOf = (of: string) => Buffer.from(bundleFunctions(['greeter'], of).code.get('greeter')!).toString();
let code = '';

beforeAll(() => {
  mkdirSync(join(functions, 'greeter/node_modules/old'), { recursive: true });
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
  // WHEN it is bundled
  code = textOf(functions);
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('the bundle of a function', () => {
  it('runs by itself, with the document that lies beside it', () => {
    writeFileSync(join(folder, 'index.mjs'), code);
    writeFileSync(join(folder, 'document.json'), documentFile(document));
    const said = execFileSync(
      process.execPath,
      [
        '--input-type=module',
        '--eval',
        `const { handler } = await import(process.argv[1]); console.log(await handler('/to/me'));`,
        '--',
        pathToFileURL(join(folder, 'index.mjs')).href,
      ],
      { encoding: 'utf8', cwd: folder },
    );
    expect(said).toBe(`me tocsin ${document.hash}\n`);
  });

  it('is minified', () => {
    expect(code.split('\n').length).toBeLessThan(8);
  });

  it('is byte by byte the same in another folder, so that nothing is deployed that did not change', () => {
    const elsewhere = join(folder, 'some/where else/functions');
    cpSync(functions, elsewhere, { recursive: true });
    expect(textOf(elsewhere)).toBe(code);
  });

  it('of the pipeline itself is so, too', () => {
    const clone = join(folder, 'clone');
    for (const room of ['core', 'adapters', 'events', 'functions'])
      cpSync(room, join(clone, room), { recursive: true });
    symlinkSync(resolve('node_modules'), join(clone, 'node_modules'));
    const there = bundleFunctions(['sweep', 'email-notifier'], join(clone, 'functions')).code;
    for (const [name, bytes] of there) expect(Buffer.from(bytes).equals(bundleOf(name)), name).toBe(true);
  });

  it('is there for each function of the list, and for no other', () => {
    expect(Buffer.from(bundleOf('sweep')).toString()).toContain('handler');
    expect(() => bundleOf('nothing')).toThrow('There is no function nothing; add it to functions/functions.ts.');
  });
});
