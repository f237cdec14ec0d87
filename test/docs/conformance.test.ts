import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseDefinition } from '../../catalog/parse-definition.ts';
import { readRuleTests } from '../../cli/commands/rules.ts';
import type { Target } from '../../core/definition/document.ts';
import type { Rule } from '../../core/rules/rule.ts';
import { sayCondition } from '../../core/rules/say-condition.ts';
import { guides } from '../../docs/conformance/guides.ts';
import packs from '../../rule-tests/packs/packs.config.ts';

const document = parseDefinition(packs, { world: 'aws' });
const ruleNamed = (name: string): { rule: Rule; target: Target } | undefined =>
  document.targets
    .flatMap((target) => target.rules.map((rule) => ({ rule, target })))
    .find(({ rule, target }) => `${target.name}/${rule.id}` === name);
const testFiles = new Map(
  readdirSync('rule-tests/packs')
    .filter((file) => file.endsWith('.yaml'))
    .flatMap((file) => readRuleTests(`rule-tests/packs/${file}`).tests.map(({ rule }) => [rule, file] as const)),
);

/** docs/conformance.md, as the rows and the packs have it. */
function page(): string {
  const sections = guides.map(({ file, rows }) => {
    const lines = rows.flatMap(({ lines, asks, rules, note }) =>
      rules.map((name) => {
        const { rule } = ruleNamed(name)!;
        const test = testFiles.get(name)!;
        const cells = [lines, asks, `\`${name}\``, rule.tier, `\`${sayCondition(document, rule)}\``];
        return `| ${[...cells, `[${test}](../rule-tests/packs/${test})`, note ?? ''].join(' | ')} |`;
      }),
    );
    return [
      `## ${file}`,
      '',
      '| lines | asks for | rule | tier | fires when | tested in | read as |',
      '| --- | --- | --- | --- | --- | --- | --- |',
      ...lines,
    ].join('\n');
  });
  return `${[
    '# What became of each rule of the five guides',
    'Tocsin takes its packs from five monitoring guides. Each of their rules and alerts has a row: where it stands, what it asks for in our words, the rule that answers it, and the test that plays it over time. Made from `docs/conformance/` and the packs; `npx vitest run test/docs/conformance.test.ts -u` writes it anew.',
    ...sections,
  ].join('\n\n')}\n`;
}

describe('docs/conformance.md', () => {
  it.each(
    guides.flatMap(({ file, rows }) =>
      rows.map((row) => [`${file.slice(0, 3)}:${row.lines} ${row.asks}`, row] as const),
    ),
  )('%s', (_, { rules }) => {
    expect(rules.length).toBeGreaterThan(0);
    for (const name of rules) {
      expect(ruleNamed(name), `${name} is a rule of a pack`).toBeDefined();
      expect(testFiles.get(name), `${name} has a test over time`).toBeDefined();
    }
  });

  it('has a row for every rule of every pack', () => {
    const answered = new Set(guides.flatMap(({ rows }) => rows.flatMap(({ rules }) => rules)));
    const rules = document.targets.flatMap((target) => target.rules.map(({ id }) => `${target.name}/${id}`));
    expect(rules.filter((rule) => !answered.has(rule))).toEqual([]);
  });

  it('has as many rows as the guides have rules and alerts', () => {
    // Seven scenarios and two more looks of the daily check; six triggers, the batch script's, and four indicators beside
    // the success rate; twelve rules and six alerts; five; eleven.
    expect(guides.map(({ rows }) => rows.length)).toEqual([9, 11, 18, 5, 11]);
  });

  it('is what the rows and the packs say', async () => {
    await expect(page()).toMatchFileSnapshot('../../docs/conformance.md');
  });
});
