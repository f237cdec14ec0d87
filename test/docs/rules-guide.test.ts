import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseDefinition } from '../../catalog/parse-definition.ts';
import { readRuleTests } from '../../cli/commands/rules.ts';
import { lintCodes, targetLintCodes } from '../../core/rules/lint-codes.ts';
import { eventRule, metricRule } from '../../core/rules/rule.ts';
import { notificationKinds } from '../../events/notification.ts';
import { lintRules } from '../../tools/lint/lint-rules.ts';
import { ruleTestFile } from '../../tools/rule-tests/rule-test.ts';
import { runRuleTest } from '../../tools/rule-tests/run-rule-test.ts';
import definition from './samples/slow-tail.config.ts';

const text = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const guide = text('../../docs/guides/rules.md');

describe('the guide to rules', () => {
  const { tests } = ruleTestFile.shape;
  const { expect: expectations } = tests.element.shape;
  const { notified } = expectations.element.shape;
  const formerKeys = ['told', 'says'];
  it.each([
    ['fields of a rule', Object.keys({ ...metricRule.shape, ...eventRule.shape }).filter((field) => field !== 'type')],
    ['fields of a test', Object.keys({ ...tests.element.shape, ...expectations.element.shape })],
    ['fields of a notification', Object.keys(notified.unwrap().element.shape)],
    ['kinds of notifications', notificationKinds],
    ['lint codes', [...lintCodes, ...targetLintCodes]],
  ])('explains all %s', (_, names) => {
    expect(names.filter((name) => !formerKeys.includes(name) && !guide.includes(`\`${name}\``))).toEqual([]);
  });

  it.each(['slow-tail.config.ts', 'slow-tail.yaml'])('shows the tested sample %s', (sample) => {
    expect(guide).toContain(text(`samples/${sample}`).trim());
  });

  it('shows a rule without lint findings, and tests that pass', () => {
    const document = parseDefinition(definition, { world: 'aws' });
    expect(lintRules(document)).toEqual([]);
    const file = readRuleTests('test/docs/samples/slow-tail.yaml');
    const results = file.tests.map((test) => runRuleTest(document, test, test.interval ?? file.interval));
    expect(results).toEqual([{ passed: true }, { passed: true }]);
  });
});
