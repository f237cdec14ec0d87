import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { runbookPoints } from '../../docs/runbooks.points.ts';
import { catalogue } from '../../tools/pages/catalogue.ts';
import { bodyOf } from '../../tools/pages/generated-part.ts';

const folder = fileURLToPath(new URL('../../docs/runbooks', import.meta.url));
const pages = readdirSync(folder).map((file) => file.replace(/\.md$/, ''));
const textOf = (page: string) => readFileSync(join(folder, `${page}.md`), 'utf8');

const { byDefault: rules, packs } = catalogue();
const withPage = rules.flatMap(({ id, runbook }) => (typeof runbook === 'string' ? [{ id, runbook }] : []));

/** The text under a heading of a page. */
const under = (page: string, heading: string): string =>
  new RegExp(`^## ${heading}\n+([^]*?)(?=^## |$(?![^]))`, 'm').exec(textOf(page))?.[1]?.trim() ?? '';

describe('runbooks', () => {
  it('finds the rules of checks and the rules on published metrics', () => {
    expect(rules.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['service-down', 'slow-responses', 'batch-succeeded', 'disk-share-low', 'accuracy-low']),
    );
    expect(rules.length).toBeGreaterThanOrEqual(40);
  });

  it.each(withPage)('the page of $id starts with its name, the last part of the alarm name', ({ id, runbook }) => {
    expect(runbook).toBe(id);
    expect(existsSync(join(folder, `${id}.md`))).toBe(true);
    expect(textOf(id).split('\n')[0]).toBe(`# ${id}`);
  });

  it('every page belongs to a rule, except the index and the page for operators', () => {
    expect(pages.sort()).toEqual([...withPage.map(({ runbook }) => runbook), 'README', 'pipeline'].sort());
  });

  it.each(withPage)('the page of $id has the meaning, what to check, what to do and the escalation', ({ id }) => {
    for (const heading of ['Meaning', 'What to check', 'Actions', 'Escalation'])
      expect(under(id, heading).length, heading).toBeGreaterThan(40);
    expect(under(id, 'What to check')).toMatch(/^1\. /m);
    expect(under(id, 'Actions')).toMatch(/^1\. /m);
  });

  const isCritical = (id: string) =>
    [...rules, ...packs.flatMap((set) => set.rules)].some((rule) => rule.id === id && rule.tier === 'critical');
  it.each(withPage.filter(({ id }) => isCritical(id)))(
    'the page of $id, critical by default or in a pack, has whom to call and when',
    ({ id }) => {
      expect(under(id, 'Escalation')).toMatch(/call/);
      expect(under(id, 'Escalation')).toMatch(/owner/);
      expect(under(id, 'Escalation')).toMatch(/\d+ minutes|hour|now/);
      expect(textOf(id)).toContain('- **Call:**');
    },
  );
});

describe("the guides' lists of actions", () => {
  it.each(runbookPoints.map((point) => [`${point.guide.slice(0, 3)}:${point.line} ${point.action}`, point] as const))(
    '%s',
    (_, { page, text: wanted }) => {
      const text = textOf(page);
      expect(page === 'pipeline' ? text : bodyOf(text), `${page}.md`).toContain(wanted);
    },
  );

  it('are covered whole', () => {
    const count = (guide: string) => runbookPoints.filter((point) => point.guide.startsWith(guide)).length;
    // Six scenarios with four points and seven on alerts themselves; three troubles with three; twelve rules with two,
    // one of them with one; three on alerts and three on drift reports; none.
    expect(['000', '001', '002', '003', '004'].map(count)).toEqual([31, 9, 23, 6, 0]);
  });

  it('differ from each other', () => {
    const said = runbookPoints.map(({ guide, line, action }) => `${guide} ${line} ${action}`);
    expect(new Set(said).size).toBe(said.length);
  });
});
