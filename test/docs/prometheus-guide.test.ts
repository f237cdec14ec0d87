import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { differences } from '../../tools/export/differences.ts';

it('the guide to Prometheus lists every difference that there is, and no other', () => {
  const guide = readFileSync(new URL('../../docs/guides/prometheus.md', import.meta.url), 'utf8');
  const [, table] = guide.split('## The same minutes');
  const listed = [...table!.split('## Who hears')[0]!.matchAll(/^\| `([a-z-]+)`/gm)].map(([, id]) => id);
  expect(listed).toEqual(differences.map(({ id }) => id));
});
