import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { differences } from '../../tools/export/differences.ts';

it('the guide to Prometheus lists all differences, and no others', () => {
  const guide = readFileSync(new URL('../../docs/guides/prometheus.md', import.meta.url), 'utf8');
  const [, table] = guide.split('## Differences if data is missing');
  const listed = [...table!.split('## Routes and receivers')[0]!.matchAll(/^\| `([a-z-]+)`/gm)].map(([, id]) => id);
  expect(listed).toEqual(differences.map(({ id }) => id));
});
