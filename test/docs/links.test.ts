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

/** Link targets of a page that are files of this repository. */
const targetsOf = (page: string): string[] =>
  [...readFileSync(join(root, page), 'utf8').matchAll(/\]\(([^)\s#]+)(?:#[^)]*)?\)/g)]
    .map(([, target]) => target!)
    .filter((target) => !/^[a-z]+:/.test(target));

it.each(pages)('every link of %s leads somewhere', (page) => {
  expect(targetsOf(page).filter((target) => !existsSync(join(root, dirname(page), target)))).toEqual([]);
});
