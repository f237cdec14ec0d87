import type { MonitoringDocument } from '../../core/definition/document.ts';
import { metricOf } from '../../core/metrics/metric-of.ts';
import { fillPlaceholders } from '../../core/rules/placeholders.ts';
import type { MissingData, Rule } from '../../core/rules/rule.ts';
import { sayCondition } from '../../core/rules/say-condition.ts';
import { formatDuration } from '../../core/time/duration.ts';

/** The metrics of the rules of a page. */
export type Metrics = Pick<MonitoringDocument, 'metrics'>;

const onMissing: Record<MissingData, string> = {
  missing: 'If data is missing, the alarm becomes INSUFFICIENT_DATA and an open incident stays open.',
  ignore: 'If data is missing, the alarm keeps its state.',
  breaching: 'Missing data is breaching.',
  notBreaching: 'Missing data is not breaching.',
};

/** When a rule fires, and how it treats missing data. */
export const sayFires = (document: Metrics, rule: Rule): string =>
  rule.type === 'event'
    ? sayCondition(document, rule)
    : `\`${sayCondition(document, rule)}\`. ${onMissing[rule.missingData]}`;

/** The metric of a rule, with a link to the glossary. @param glossary the relative path from the page to the glossary */
export const sayMetric = (document: Metrics, rule: Rule, glossary: string): string =>
  rule.type === 'event'
    ? 'none: a reported run is an event'
    : `[\`${rule.metric}\`](${glossary}#${rule.metric.toLowerCase()}): ${metricOf(document, rule.metric).definition}`;

/** How often a rule reminds: `every 1 h`. */
export const sayReminders = ({ remindEvery }: Rule): string =>
  remindEvery === 'never' ? 'never' : `every ${formatDuration(remindEvery)}`;

/** A text of a rule for a page, with neutral text for the placeholders. @param target the text for `{{target}}` */
export const sayText = (text: string, target = '`<target>`'): string =>
  fillPlaceholders(text, {
    target,
    value: '`<value>`',
    threshold: 'the threshold',
    for: 'the duration of the rule',
    run: '`<run>`',
    error: '`<error>`',
    duration: '`<duration>`',
    counts: '',
  });

/** The actions of a rule as a numbered list. @param target the text for `{{target}}` */
export const sayActions = ({ actions }: Rule, target?: string): string =>
  actions.map((action, i) => `${i + 1}. ${sayText(action, target)}`).join('\n');

/** A Markdown table with escaped cells. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
