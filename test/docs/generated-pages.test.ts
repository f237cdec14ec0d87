import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { metrics } from '../../catalog/metrics/catalogue.ts';
import { withGenerated } from '../../tools/pages/generated-part.ts';
import { shippedPages } from '../../tools/pages/shipped-pages.ts';

// `npx vitest run test/docs/generated-pages.test.ts -u` writes them anew.
const fileOf = (path: string) => fileURLToPath(new URL(`../../docs/${path}`, import.meta.url));
const pages = shippedPages();

describe('what is generated of a page is what the rules say', () => {
  it.each(pages.map(({ path, generated }) => [path, generated]))('docs/%s', async (path, generated) => {
    expect(existsSync(fileOf(path)), `docs/${path} is not there: write it, with its heading and the two comments`).toBe(
      true,
    );
    const page = withGenerated(readFileSync(fileOf(path), 'utf8'), generated);
    expect(page, 'the two comments frame one part').toBeDefined();
    await expect(page).toMatchFileSnapshot(fileOf(path));
  });

  it('each link into the glossary leads to a heading', () => {
    const anchors = new Set(metrics.map(({ name }) => name.toLowerCase()));
    const links = pages.flatMap(({ generated }) =>
      [...generated.matchAll(/metrics\.md#([^)]+)\)/g)].map(([, to]) => to!),
    );
    expect(links.length).toBeGreaterThan(30);
    expect(links.filter((to) => !anchors.has(to))).toEqual([]);
  });
});
