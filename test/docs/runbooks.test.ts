import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import * as listed from '../../core/checks/checks.ts';
import { rule } from '../../core/rules/rule.ts';

const folder = fileURLToPath(new URL('../../docs/runbooks', import.meta.url));
const pages = readdirSync(folder).map((file) => file.replace(/\.md$/, ''));
const textOf = (page: string) => readFileSync(join(folder, `${page}.md`), 'utf8');

/** The rules that the builders beside the checks make, found by calling each. */
const rules = Object.values(listed).flatMap((value: unknown) => {
  if (typeof value !== 'function') return [];
  const parsed = rule.safeParse(value({ aboveSeconds: 1 }));
  const made = parsed.success ? parsed : rule.safeParse(value());
  return made.success ? [made.data] : [];
});
const withPage = rules.flatMap(({ id, runbook }) => (typeof runbook === 'string' ? [{ id, runbook }] : []));

describe('runbooks', () => {
  it('the rules are found at all', () => {
    expect(rules.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['service-down', 'batch-succeeded', 'disk-share-low']),
    );
  });

  it.each(withPage)('the page of $id begins with its name', ({ id, runbook }) => {
    expect(existsSync(join(folder, `${runbook}.md`))).toBe(true);
    expect(textOf(runbook).split('\n')[0]).toBe(`# ${id}`);
  });

  it('every page belongs to a rule, but for the index and the page for operators', () => {
    expect(pages.sort()).toEqual([...withPage.map(({ runbook }) => runbook), 'README', 'pipeline'].sort());
  });

  it('the index links every page', () => {
    const linked = [...textOf('README').matchAll(/\((\S+)\.md\)/g)].map(([, page]) => page);
    expect(linked.sort()).toEqual(pages.filter((page) => page !== 'README').sort());
  });

  it.each(withPage)('the page of $id says what it means, what to check and what to do', ({ runbook }) => {
    const headings = [...textOf(runbook).matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
    expect(headings).toEqual(expect.arrayContaining(['Meaning', 'What to check', 'Actions']));
  });
});
