import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { metrics } from '../../catalog/metrics/catalogue.ts';
import { withGenerated } from '../../tools/pages/generated-part.ts';
import { shippedPages } from '../../tools/pages/shipped-pages.ts';

// `npx vitest run test/docs/generated-pages.test.ts -u` updates them.
const fileOf = (path: string) => fileURLToPath(new URL(`../../docs/${path}`, import.meta.url));
const pages = shippedPages();

describe('the generated part of a page matches the rules', () => {
  it.each(pages.map(({ path, generated }) => [path, generated]))('docs/%s', async (path, generated) => {
    expect(
      existsSync(fileOf(path)),
      `docs/${path} does not exist: write it, with its heading and the two comments`,
    ).toBe(true);
    const page = withGenerated(readFileSync(fileOf(path), 'utf8'), generated);
    expect(page, 'the two comments enclose one part').toBeDefined();
    await expect(page).toMatchFileSnapshot(fileOf(path));
  });

  it('each link to the glossary has a heading', () => {
    const anchors = new Set(metrics.map(({ name }) => name.toLowerCase()));
    const links = pages.flatMap(({ generated }) =>
      [...generated.matchAll(/metrics\.md#([^)]+)\)/g)].map(([, to]) => to!),
    );
    expect(links.length).toBeGreaterThan(30);
    expect(links.filter((to) => !anchors.has(to))).toEqual([]);
  });
});
