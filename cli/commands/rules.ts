import { existsSync } from 'node:fs';
import { parse, YAMLParseError } from 'yaml';
import { parseDefinition } from '../../catalog/parse-definition.ts';
import type { MonitoringDocument } from '../../core/definition/document.ts';
import { formatProblems } from '../../core/definition/problem.ts';
import { problemsOf } from '../../core/definition/schema-problems.ts';
import { watchedRules } from '../../core/incidents/watched-rule.ts';
import { lintCodes } from '../../core/rules/lint-codes.ts';
import { sayCondition } from '../../core/rules/say-condition.ts';
import { formatDuration } from '../../core/time/duration.ts';
import { UserError } from '../../core/user-error.ts';
import { readText } from '../../laptop/read-text.ts';
import { sayFinding } from '../../tools/lint/finding.ts';
import { lintRules } from '../../tools/lint/lint-rules.ts';
import { type RuleTestFile, ruleTestFile } from '../../tools/rule-tests/rule-test.ts';
import { runRuleTest } from '../../tools/rule-tests/run-rule-test.ts';
import { defaultConfig, loadConfig } from '../load-config.ts';
import { LongTable as Table } from '../long-table.ts';
import type { Terminal } from '../terminal.ts';
import { bare } from './history.ts';

export interface RulesOptions {
  /** @default monitoring.config.ts */
  config?: string;
  stage?: string;
}

/** The document of a config file, as the rule commands read it. */
export const documentOf = async ({ config = defaultConfig, stage }: RulesOptions): Promise<MonitoringDocument> =>
  parseDefinition(await loadConfig(config), { stage, world: 'laptop' });

/** `tocsin rules list`: every rule of a config with its condition, its tier and the channels that it notifies. */
export async function listRules(options: RulesOptions & { json?: boolean }, terminal: Terminal): Promise<void> {
  const document = await documentOf(options);
  const rows = watchedRules(document).map(({ rule, target }) => ({
    rule: `${target.name}/${rule.id}`,
    tier: rule.tier,
    condition: sayCondition(document, rule),
    channels: rule.channels ?? document.routes[rule.tier],
    reminds: rule.remindEvery === 'never' ? 'never' : formatDuration(rule.remindEvery),
  }));
  if (options.json) {
    terminal.print(JSON.stringify(rows, undefined, 2));
    return;
  }
  const table = new Table({
    head: ['rule', 'tier', 'condition', 'notifies', 'reminder every'],
    style: { head: [], border: [] },
    chars: bare,
  });
  for (const row of rows) table.push([row.rule, row.tier, row.condition, row.channels.join(', '), row.reminds]);
  terminal.print(table.toString());
}

/** `tocsin rules lint`: prints problems of rules that are valid. @returns whether there are no findings */
export async function lintCommand(options: RulesOptions & { json?: boolean }, terminal: Terminal): Promise<boolean> {
  const findings = lintRules(await documentOf(options), existsSync);
  if (options.json) terminal.print(JSON.stringify(findings, undefined, 2));
  else if (findings.length === 0) terminal.print('✓ No findings.');
  else {
    for (const finding of findings) terminal.print(`✗ ${sayFinding(finding)}`);
    const ofRule = findings.find(({ code }) => lintCodes.some((known) => known === code));
    if (ofRule)
      terminal.print(`\nTo accept a finding, add { accepts: { '${ofRule.code}': 'the reason' } } to the rule.`);
  }
  return findings.length === 0;
}

/** `tocsin rules test <files>`: evaluates rules over series, as promtool does for Prometheus. @returns whether all tests passed */
export async function testRules(files: readonly string[], options: RulesOptions, terminal: Terminal): Promise<boolean> {
  const document = await documentOf(options);
  const parsed = files.map((file) => ({ file, content: readRuleTests(file) }));
  let [passed, failed] = [0, 0];
  for (const { file, content } of parsed) {
    terminal.print(file);
    for (const test of content.tests) {
      const result = runRuleTest(document, test, test.interval ?? content.interval);
      if (result.passed) passed += 1;
      else failed += 1;
      terminal.print(
        result.passed
          ? `  ✓ ${test.rule}: ${test.name}`
          : `  ✗ ${test.rule}: ${test.name}\n    after ${formatDuration(result.at)}: ${result.why.replaceAll('\n', '\n    ')}`,
      );
    }
  }
  terminal.print(`${passed} passed, ${failed} failed`);
  return failed === 0;
}

/** Reads a file of rule tests. @throws {UserError} with all problems: the position, the value found and the value expected */
export function readRuleTests(file: string): RuleTestFile {
  let content: unknown;
  try {
    content = parse(readText(file));
  } catch (error) {
    if (error instanceof YAMLParseError) throw new UserError(`${file} is not YAML: ${error.message}`);
    throw new UserError(`${file} cannot be read: ${(error as Error).message}`);
  }
  const result = ruleTestFile.safeParse(content);
  if (result.success) return result.data;
  throw new UserError(
    `${file} is not a valid file of rule tests:\n${formatProblems(problemsOf(result.error, content, []))}`,
  );
}
