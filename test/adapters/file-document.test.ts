import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { FileDocument } from '../../adapters/file-document.ts';

it.each([
  ['reads the document of its version', '{ "version": 1, "name": "shop" }', { version: 1, name: 'shop' }],
  ['refuses another version', '{ "version": 2 }', /document of version 2; this code reads version 1/],
  ['refuses what is no JSON', 'version: 1', /JSON/],
])('a document in a file: %s', async (_, text, expected) => {
  const folder = await mkdtemp(join(tmpdir(), 'tocsin-'));
  const path = join(folder, 'document.json');
  await writeFile(path, text);
  const read = new FileDocument(path).read();
  if (expected instanceof RegExp) await expect(read).rejects.toThrow(expected);
  else expect(await read).toEqual(expected);
  await rm(folder, { recursive: true });
});
