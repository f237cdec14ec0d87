import type { MetricGroup } from '../../catalog/metrics/catalogue.ts';
import type { Metric } from '../../core/metrics/metric.ts';
import { isWebPage } from '../../core/rules/runbook.ts';
import type { RuleSet } from './rule-set.ts';
import { table } from './say-rule.ts';

const publisherOf = (source: Metric['source']): string => {
  if ('namespace' in source) return `another system, in \`${source.namespace}\``;
  if (!('check' in source)) return 'the application';
  return source.check === 'every check'
    ? source.check
    : `the ${source.check === 'sweep' ? 'sweep' : `${source.check} check`}`;
};

const ofWhat: Record<Metric['of'], string> = {
  service: 'service',
  batch: 'batch job',
  volume: 'volume',
  check: 'check',
};

/**
 * Makes the generated part of the glossary: a table with both names of every metric, then a section for each metric.
 * @param sets the rules that use the metrics. The glossary shows the name of the set with the rule
 * @param runbooks the relative path from the glossary to the runbooks
 */
export function glossary(groups: readonly MetricGroup[], sets: readonly RuleSet[], runbooks: string): string {
  const all = groups.flatMap(({ metrics }) => metrics);
  const names = table(
    ['CloudWatch', 'Prometheus', 'unit', 'of a', 'published by'],
    all.map((metric) => [
      `[\`${metric.name}\`](#${metric.name.toLowerCase()})`,
      `\`${metric.prometheus}\``,
      metric.unit,
      ofWhat[metric.of],
      publisherOf(metric.source),
    ]),
  );
  const sections = groups.map(({ title, metrics }) =>
    [`## ${title}`, ...metrics.map((metric) => entry(metric, sets, runbooks))].join('\n\n'),
  );
  return [names, ...sections].join('\n\n');
}

function entry(metric: Metric, sets: readonly RuleSet[], runbooks: string): string {
  const facts: [string, string | undefined][] = [
    ['Calculation', metric.calculation],
    ['Breakdown', metric.breakdown],
    ['Values', sayRange(metric)],
    ['Refresh', metric.refresh],
    ['Target', metric.target],
    ['SLO', metric.slo],
    ['Benchmark', metric.benchmark],
    ['Used by', readers(metric, sets, runbooks)],
  ];
  const lines = facts.flatMap(([label, text]) => (text ? [`- **${label}:** ${text}`] : []));
  return [
    `### ${metric.name}`,
    `\`${metric.prometheus}\` in Prometheus · unit ${metric.unit} · of a ${ofWhat[metric.of]} · published by ${publisherOf(metric.source)}`,
    metric.definition,
    lines.join('\n'),
  ].join('\n\n');
}

function sayRange({ range }: Metric): string | undefined {
  if (range?.min !== undefined && range.max !== undefined) return `${range.min} to ${range.max}`;
  if (range?.min !== undefined) return `from ${range.min}`;
  return range?.max === undefined ? undefined : `up to ${range.max}`;
}

/** The rules that use a metric, each with the sets that contain it. */
function readers({ name, of }: Metric, sets: readonly RuleSet[], runbooks: string): string {
  if (of === 'check') return `an alarm for the operators ([pipeline](${runbooks}/pipeline.md))`;
  const found = new Map<string, { link: string; sets: string[] }>();
  for (const set of sets) {
    for (const rule of set.rules) {
      if (rule.type !== 'metric' || rule.metric !== name) continue;
      const isPage = typeof rule.runbook === 'string' && !isWebPage(rule.runbook);
      const link = isPage ? `[${rule.id}](${runbooks}/${rule.runbook}.md)` : rule.id;
      const reader = found.get(rule.id) ?? { link, sets: [] };
      found.set(rule.id, { ...reader, sets: [...reader.sets, `\`${set.name}\``] });
    }
  }
  return (
    [...found.values()].map(({ link, sets: where }) => `${link} (${where.join(', ')})`).join('; ') || 'dashboards only'
  );
}
