import type { Definition } from '../../../../core/definition/definition.ts';
import type { LintCode } from '../../../../core/rules/lint-codes.ts';
import type { RuleInput } from '../../../../core/rules/rule.ts';
import { health, type RuleBase, rule } from '../../../../index.ts';
import type { Finding } from '../../../../tools/lint/finding.ts';
import { lintRules } from '../../../../tools/lint/lint-rules.ts';
import { aDocument } from '../../../support/a-document.ts';

type Metrics = NonNullable<Definition['metrics']>;
type OwnMetric = Metrics[string];
type Window = string & RuleBase['for'];

/** A metric declaration; fields that the lint does not use are filled in. */
export type Declared = Partial<OwnMetric> & Pick<OwnMetric, 'unit'>;

/** A row of the corpus: a description of the rules, their metric, and the expected findings. */
export interface Row {
  sentence: string;
  metrics: Metrics;
  rules: readonly RuleInput[];
  found: readonly LintCode[];
}

/** A rule as the rows write it: `when('p99', 'above', 0.5, '10 minutes')`, with more fields. */
export const when =
  (
    statistic: RuleBase['statistic'],
    comparison: RuleBase['comparison'],
    threshold: number,
    duration: Window,
    more: Partial<RuleBase> = {},
  ) =>
  (metric: string, id: string): RuleInput =>
    rule({
      id,
      tier: 'high',
      metric,
      statistic,
      comparison,
      threshold,
      for: duration,
      missingData: 'missing',
      summary: 'a summary',
      description: 'a description',
      actions: ['Check it.'],
      runbook: { because: 'a corpus' },
      ...more,
    });

/** Rules on one metric, called `a`, `b` … on their target. */
export const row = (
  sentence: string,
  metric: string,
  declared: Declared | undefined,
  rules: readonly ReturnType<typeof when>[],
  found: readonly LintCode[] = [],
): Row => ({
  sentence,
  metrics: declared
    ? { [metric]: { definition: 'd', calculation: 'c', every: '1 minute', ...declared } as OwnMetric }
    : {},
  rules: rules.map((make, i) => make(metric, 'abcdef'[i]!)),
  found,
});

/** The codes that the lint finds in a row, each once. */
export function findingsOf({ metrics, rules }: Row): Finding['code'][] {
  const checks = [health({ every: '1 minute' })];
  const document = aDocument({
    metrics,
    services: { shop: { url: 'https://shop.example.com', checks, rules: [...rules] } },
    batchJobs: {},
    volumes: {},
  });
  return [...new Set(lintRules(document).map(({ code }) => code))];
}
