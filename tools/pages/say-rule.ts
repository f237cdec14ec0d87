import type { MonitoringDocument } from '../../core/definition/document.ts';
import { metricOf } from '../../core/metrics/metric-of.ts';
import { fillPlaceholders } from '../../core/rules/placeholders.ts';
import type { MissingData, Rule } from '../../core/rules/rule.ts';
import { sayCondition } from '../../core/rules/say-condition.ts';
import { formatDuration } from '../../core/time/duration.ts';

/** Where a page finds the metrics that its rules read. */
export type Metrics = Pick<MonitoringDocument, 'metrics'>;

const silence: Record<MissingData, string> = {
  missing: 'Without values it says "no data" and keeps an open incident.',
  ignore: 'Without values it stays as it is.',
  breaching: 'Silence counts as a breach.',
  notBreaching: 'Silence counts as well.',
};

/** When a rule fires, and what silence means to it. */
export const sayFires = (document: Metrics, rule: Rule): string =>
  rule.type === 'event'
    ? sayCondition(document, rule)
    : `\`${sayCondition(document, rule)}\`. ${silence[rule.missingData]}`;

/** What a rule measures, with the link to the glossary. @param glossary the way there from the page */
export const sayMetric = (document: Metrics, rule: Rule, glossary: string): string =>
  rule.type === 'event'
    ? 'none: a reported run is news by itself'
    : `[\`${rule.metric}\`](${glossary}#${rule.metric.toLowerCase()}): ${metricOf(document, rule.metric).definition}`;

/** How often a rule repeats itself: `every 1 h`. */
export const sayAgain = ({ remindEvery }: Rule): string =>
  remindEvery === 'never' ? 'never' : `every ${formatDuration(remindEvery)}`;

/** A text of a rule as it reads on a page, where no alarm has filled it in. @param target what stands where it names the target */
export const sayText = (text: string, target = '`<target>`'): string =>
  fillPlaceholders(text, {
    target,
    value: '`<value>`',
    threshold: 'the limit',
    for: 'that long',
    run: '`<run>`',
    error: '`<error>`',
    duration: '`<duration>`',
    counts: '',
  });

/** What the messages of a rule say to do, as a list. @param target what stands where they name the target */
export const sayActions = ({ actions }: Rule, target?: string): string =>
  actions.map((action, i) => `${i + 1}. ${sayText(action, target)}`).join('\n');

/** A table, its cells safe for Markdown. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
