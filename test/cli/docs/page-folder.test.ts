import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { leftOver, writePages } from '../../../cli/docs/page-folder.ts';
import { UserError } from '../../../core/user-error.ts';
import type { DeploymentPage } from '../../../tools/pages/deployment-pages.ts';
import { partBegins, partEnds } from '../../../tools/pages/generated-part.ts';
import { ownFolder } from '../../support/command-line.ts';

const { path, write } = ownFolder();
const page = (name: string, generated = 'of the rules'): DeploymentPage => ({
  path: `runbooks/${name}.md`,
  heading: name,
  generated,
  body: 'What to do.',
  wantsBody: false,
});
const put = (...pages: DeploymentPage[]) => writePages(path('out'), pages).map(({ did }) => did);
const fileOf = (name: string) => path(`out/runbooks/${name}.md`);
const read = (name: string) => readFileSync(fileOf(name), 'utf8');

describe('a folder of pages', () => {
  it('gets a page that is not there whole', () => {
    expect(put(page('down'))).toEqual(['written']);
    expect(read('down')).toBe(`# down\n\n${partBegins}\n\nof the rules\n\n${partEnds}\n\nWhat to do.\n`);
  });

  it('keeps what people wrote around the generated part', () => {
    put(page('down'));
    writeFileSync(fileOf('down'), `Read me first.\n\n${read('down').replace('What to do.', 'Our own words.')}`);
    expect(put(page('down'))).toEqual(['unchanged']);
    expect(put(page('down', 'of new rules'))).toEqual(['updated']);
    expect(read('down')).toBe(
      `Read me first.\n\n# down\n\n${partBegins}\n\nof new rules\n\n${partEnds}\n\nOur own words.\n`,
    );
  });

  it.each([
    ['both comments', (text: string) => text.replace(partBegins, '').replace(partEnds, '')],
    ['the first', (text: string) => text.replace(partBegins, '')],
    ['the second', (text: string) => text.replace(partEnds, '')],
    ['their order', (text: string) => `${partEnds}\n${text.replace(partEnds, '')}`],
    ['that they stand once', (text: string) => `${text}\n${partBegins}\n${partEnds}\n`],
  ])('is not touched at all while pages lack %s, and each is named', (_, spoil) => {
    put(page('down'), page('slow'), page('well'));
    for (const name of ['down', 'slow']) writeFileSync(fileOf(name), spoil(read(name)));
    const before = read('well');
    const says = saidBy(() => put(page('new'), page('down'), page('slow'), page('well', 'of new rules')));
    expect(says).toMatch(/^Nothing was written:\n {2}.*down\.md must contain .*\n {2}.*slow\.md must contain .*$/);
    expect([existsSync(fileOf('new')), read('well')]).toEqual([false, before]);
  });

  it.each([
    ['../../elsewhere', 'is outside'],
    ['Down', 'would be written twice'],
  ])('refuses the page %s', (name, says) => {
    expect(saidBy(() => put(page('down'), page(name)))).toContain(says);
    expect(existsSync(path('out'))).toBe(false);
  });

  it('that is a file says so', () => {
    write('out', 'a file');
    expect(saidBy(() => put(page('down')))).toMatch(/out\/runbooks\/down\.md cannot be read: ENOTDIR/);
  });

  it('that cannot be made says what was written and what was not', () => {
    put(page('down'));
    write('out/runbooks/team', 'a file');
    const nested = page('team/slow');
    expect(saidBy(() => put(page('new'), nested))).toMatch(/team\/slow\.md cannot be (read|written)/);
  });

  it('names pages that no rule has any more, and none of which it knows nothing', () => {
    put(page('down'), page('gone'));
    write('out/runbooks/notes.md', 'Notes of our own.');
    expect(leftOver(path('out'), [page('down')])).toEqual(['runbooks/gone.md']);
    expect(leftOver(path('nowhere'), [page('down')])).toEqual([]);
  });
});

function saidBy(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    expect(error).toBeInstanceOf(UserError);
    return (error as Error).message;
  }
  throw new Error('nothing was refused');
}
