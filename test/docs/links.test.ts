import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const docs = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).map((file) =>
  join(root, 'docs', file),
);
const tops = readdirSync(root).map((file) => join(root, file));
const pages = [...tops, ...docs].filter((file) => file.endsWith('.md')).map((file) => relative(root, file));

const textOf = (page: string): string => readFileSync(join(root, page), 'utf8');

/** The links of a page to files of this repository: the path of the file from the root, and the anchor. */
const linksOf = (page: string): { file: string; anchor: string | undefined }[] =>
  [...textOf(page).matchAll(/\]\(([^)\s#]*)(?:#([^)]*))?\)/g)]
    .filter(([, target]) => !/^[a-z]+:/.test(target!))
    .map(([, target, anchor]) => ({ file: target === '' ? page : join(dirname(page), target!), anchor }));

/** The anchors of the headings of a page, as GitHub makes them. */
const anchorsOf = (page: string): string[] =>
  [...textOf(page).matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_ -]/gu, '')
      .replaceAll(' ', '-'),
  );

it.each(pages)('every link of %s has a target', (page) => {
  const broken = linksOf(page).filter(
    ({ file, anchor }) =>
      !existsSync(join(root, file)) ||
      (anchor !== undefined && file.endsWith('.md') && !anchorsOf(file).includes(anchor)),
  );
  expect(broken).toEqual([]);
});

it('docs/README.md has every guide', () => {
  const linked = linksOf('docs/README.md').map(({ file }) => file);
  expect(pages.filter((page) => page.startsWith('docs/guides/') && !linked.includes(page))).toEqual([]);
});
