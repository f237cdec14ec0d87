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

/** The text of docs/conformance.md, made from the rows and the packs. */
function page(): string {
  const sections = guides.map(({ title, rows }) => {
    const lines = rows.flatMap(({ lines, requirement, rules, note }) =>
      rules.map((name) => {
        const { rule } = ruleNamed(name)!;
        const test = testFiles.get(name)!;
        const cells = [lines, requirement, `\`${name}\``, rule.tier, `\`${sayCondition(document, rule)}\``];
        return `| ${[...cells, `[${test}](../rule-tests/packs/${test})`, note ?? ''].join(' | ')} |`;
      }),
    );
    return [
      `## ${title}`,
      '',
      '| lines | requirement | rule | tier | fires when | tested in | remarks |',
      '| --- | --- | --- | --- | --- | --- | --- |',
      ...lines,
    ].join('\n');
  });
  return `${[
    '# Conformance',
    'The packs of Tocsin implement the rules of five monitoring guides. Each rule or alert of a guide has a row: its lines in the guide, a summary of the requirement, the rule that implements it, and the file with its rule tests. Generated from `docs/conformance/` and the packs by `npx vitest run test/docs/conformance.test.ts -u`.',
    ...sections,
  ].join('\n\n')}\n`;
}

describe('docs/conformance.md', () => {
  it.each(
    guides.flatMap(({ title, rows }) =>
      rows.map((row) => [`${title}, ${row.lines}: ${row.requirement}`, row] as const),
    ),
  )('%s', (_, { rules }) => {
    expect(rules.length).toBeGreaterThan(0);
    for (const name of rules) {
      expect(ruleNamed(name), `${name} is a rule of a pack`).toBeDefined();
      expect(testFiles.get(name), `${name} has a test over time`).toBeDefined();
    }
  });

  it('has a row for every rule of every pack', () => {
    const implemented = new Set(guides.flatMap(({ rows }) => rows.flatMap(({ rules }) => rules)));
    const rules = document.targets.flatMap((target) => target.rules.map(({ id }) => `${target.name}/${id}`));
    expect(rules.filter((rule) => !implemented.has(rule))).toEqual([]);
  });

  it('has as many rows as the guides have rules and alerts', () => {
    // Seven scenarios and two conditions of the daily check; six triggers, one of the batch script, and four indicators in
    // addition to the success rate; twelve rules and six alerts; five; eleven.
    expect(guides.map(({ rows }) => rows.length)).toEqual([9, 11, 18, 5, 11]);
  });

  it('is generated from the rows and the packs', async () => {
    await expect(page()).toMatchFileSnapshot('../../docs/conformance.md');
  });
});
