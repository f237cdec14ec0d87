import { describe, expect, it } from 'vitest';
import type { RuleInput } from '../../../core/rules/rule.ts';
import { isWebPage } from '../../../core/rules/runbook.ts';
import { because, serviceDown } from '../../../index.ts';
import { lintRules } from '../../../tools/lint/lint-rules.ts';
import { aDefinition, aDocument } from '../../support/a-document.ts';

const findings = (rules: RuleInput[], files: string[], runbooks?: string) =>
  lintRules(
    aDocument({
      services: { classifier: { ...aDefinition().services!['classifier']!, rules } },
      batchJobs: {},
      volumes: {},
      ...(runbooks !== undefined && { runbooks }),
    }),
    (path) => files.includes(path),
  ).map(({ code, rule, says }) => `${code} ${rule} ${says.replace(/:.*/, '')}`);

const second = serviceDown({ id: 'down-for-long', for: '10 minutes' });

describe('the runbook of a rule', () => {
  it.each<[sentence: string, rules: RuleInput[], files: string[], runbooks: string | undefined, found: string[]]>([
    ['is a file', [serviceDown()], ['docs/runbooks/service-down.md'], undefined, []],
    [
      'does not exist',
      [serviceDown()],
      [],
      undefined,
      [
        'runbook-missing classifier/service-down has the runbook service-down, and docs/runbooks/service-down.md does not exist',
      ],
    ],
    [
      'is reported once if several rules use it',
      [serviceDown(), second],
      [],
      undefined,
      [
        'runbook-missing classifier/service-down has the runbook service-down (as does 1 other rule), and docs/runbooks/service-down.md does not exist',
      ],
    ],
    ['is in the folder of the config', [serviceDown()], ['ops/service-down.md'], 'ops/', []],
    ['is a web page, for all rules', [serviceDown()], [], 'https://wiki.example.com/runbooks', []],
    ['is a web page, for one rule', [serviceDown({ runbook: 'https://wiki.example.com/down' })], [], undefined, []],
    ['is omitted, with a reason', [serviceDown({ runbook: because('nothing can be done') })], [], undefined, []],
    [
      'is accepted as missing',
      [serviceDown({ accepts: { 'runbook-missing': 'written next week' } })],
      [],
      undefined,
      [],
    ],
    [
      'looks like a web page but is not',
      [serviceDown({ runbook: 'https:wiki' })],
      [],
      undefined,
      ['runbook-missing classifier/service-down has the runbook https'],
    ],
  ])('%s', (_, rules, files, runbooks, found) => {
    expect(findings(rules, files, runbooks)).toEqual(found);
  });

  it('has no .md in its name, and the finding says so', () => {
    const document = aDocument({
      services: {
        classifier: { ...aDefinition().services!['classifier']!, rules: [serviceDown({ runbook: 'service-down.md' })] },
      },
    });
    const says = lintRules(document, (path) => !path.endsWith('.md.md')).map((finding) => finding.says);
    expect(says).toEqual([expect.stringContaining("write 'service-down', without .md")]);
  });

  it('is not checked if files cannot be read', () => {
    expect(lintRules(aDocument())).toEqual([]);
  });
});

describe('a link to a runbook', () => {
  it.each([
    ['https://wiki.example.com/down', true],
    ['http://wiki.internal/down', true],
    ['docs/runbooks/service-down.md', false],
    ['//wiki.example.com/down', false],
    ['https:wiki', false],
    ['https://', false],
    ['javascript:alert(1)', false],
    ['file:///etc/runbook', false],
  ])('%s: %s', (runbook, isLink) => {
    expect(isWebPage(runbook)).toBe(isLink);
  });
});
