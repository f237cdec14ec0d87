import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { targets } from '../../lib/target.ts';
import { synthesized } from '../lib/synthesized.ts';

it('docs/emulators.md has a line for each type of resource that a template has, and for no other', async () => {
  const text = readFileSync(new URL('../../docs/emulators.md', import.meta.url), 'utf8');
  const listed = [...text.matchAll(/^\| `(AWS::[A-Za-z:0-9]+)` /gm)].map(([, type]) => type);
  const types = new Set<string>();
  for (const target of targets) {
    const { resources } = await synthesized(undefined, undefined, target);
    for (const { Type } of Object.values(resources)) types.add(Type);
  }
  expect(listed).toEqual([...types].sort());
});
