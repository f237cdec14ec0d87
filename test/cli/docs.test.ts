import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ownFolder, tocsin } from '../support/command-line.ts';

// What is on the pages: test/tools/pages. What becomes of files that are there: page-folder.test.ts.
const { path } = ownFolder();
const sample = (file: string) => fileURLToPath(new URL(`../docs/samples/${file}`, import.meta.url));
const docs = (...args: string[]) =>
  tocsin('docs', '--config', sample('own-metric.config.ts'), '--out', path('out'), ...args);

describe('tocsin docs', () => {
  it('writes the pages of a config, says which, and is done when nothing has changed', async () => {
    const first = await docs('--region', 'eu-west-1');
    expect(first.exitCode).toBe(0);
    expect(first.out).toMatch(/^8 written: runbooks\/service-down\.md, .*, metrics\.md$/m);
    expect(first.out).toContain(
      'Action required: write the text below the generated part of: runbooks/queue-wait-long.md\n',
    );
    expect(first.out).toContain(
      'Messages link to docs/runbooks. To link to these pages, set runbooks in the config to',
    );
    const page = path('out/runbooks/service-down.md');
    expect(readFileSync(page, 'utf8')).toContain('home?region=eu-west-1#alarmsV2:alarm/shop%2Fprod%2F');

    appendFileSync(page, '\nOurs.\n');
    const second = await docs('--region', 'eu-west-1');
    expect(second.out).toMatch(/^8 unchanged: /m);
    expect(readFileSync(page, 'utf8')).toMatch(/\nOurs\.\n$/);
  });

  it("refuses the folder of Tocsin's own pages", async () => {
    const { exitCode, err } = await docs('--out', fileURLToPath(new URL('../../docs', import.meta.url)));
    expect([exitCode, err]).toEqual([1, expect.stringMatching(/^\S+docs contains the pages of Tocsin itself/)]);
  });

  it('takes a Region for what it is', async () => {
    const { exitCode, err } = await docs('--region', 'Ireland');
    expect([exitCode, err]).toEqual([1, expect.stringContaining('Specify an AWS Region, for example eu-west-1')]);
    expect(existsSync(path('out'))).toBe(false);
  });
});
