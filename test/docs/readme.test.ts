import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parseDefinition } from '../../catalog/parse-definition.ts';
import * as tocsin from '../../index.ts';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

it('shows a config that is valid on AWS', () => {
  const [, code = ''] = /```ts\nexport default (defineMonitoring\([\s\S]*?\n\}\));\n```/.exec(readme) ?? [];
  const names = Object.keys(tocsin);
  // The imports are left out on the page, so its code is evaluated with the exports of the package in scope.
  const definition: unknown = new Function(...names, `return ${code};`)(...Object.values(tocsin));
  expect(parseDefinition(definition, { world: 'aws' }).targets.map(({ name }) => name)).toEqual([
    'classifier',
    'nightly',
  ]);
});
