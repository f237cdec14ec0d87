import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { referencePage } from './reference/reference-page.ts';

// `npx vitest run test/docs/reference.test.ts -u` writes the page anew.
const file = fileURLToPath(new URL('../../docs/reference.md', import.meta.url));

describe('the reference of the configuration', () => {
  const page = referencePage();

  it('is what the sources say', async () => {
    await expect(page.text).toMatchFileSnapshot(file);
  });

  it('describes every export of tocsin', () => expect(page.missing).toEqual([]));

  it('has an example of every helper', () => expect(page.withoutExample).toEqual([]));

  it('says of every option what it means', () => expect(page.undocumented).toEqual([]));
});
