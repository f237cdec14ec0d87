import type { MonitoringDocument, Target } from '../../core/definition/document.ts';
import { runbookOf } from '../../core/incidents/brief.ts';
import { type Unit, unitNotation } from '../../core/metrics/unit.ts';
import { fillPlaceholders } from '../../core/rules/placeholders.ts';
import type { MetricRule } from '../../core/rules/rule.ts';
import { isWebPage } from '../../core/rules/runbook.ts';

/** What stands for the placeholders of a rule's texts. */
export interface Words {
  target: string;
  /** A template of Prometheus. */
  value: string;
  threshold: string;
  for: string;
}

/** The texts of an alert: the rule's own, with the value left to Prometheus. */
export function annotationsOf(
  document: MonitoringDocument,
  { rule, target }: { rule: MetricRule; target: Target },
  words: Words,
): Record<string, string> {
  const say = (text: string) => fillPlaceholders(escapeTemplate(text), { ...words });
  const runbook = runbookOf(document, rule);
  return {
    summary: `${target.name} - ${say(rule.summary)}`,
    description: say(rule.description),
    ...(rule.actions.length > 0 ? { actions: rule.actions.map((action) => `- ${say(action)}`).join('\n') } : {}),
    ...(runbook ? { [isWebPage(runbook) ? 'runbook_url' : 'runbook']: runbook } : {}),
  };
}

/**
 * The value as a template of Prometheus. Where the expression counts periods, or is also true without data, `$value` is not
 * the metric's value, and the template asks for it.
 */
export function valueTemplate(unit: Unit, asks: string | undefined): string {
  const say = (value: string) => `{{ ${value} | printf "%.6g" }}${unitNotation(unit).suffix}`;
  return asks === undefined
    ? say('$value')
    : `{{ with query \`${asks}\` }}${say('. | first | value')}{{ else }}unknown{{ end }}`;
}

/** Braces that are no placeholder of ours would be a template to Prometheus. */
const escapeTemplate = (text: string) => text.replace(/\{\{(?!\w+\}\})/g, '{{ "{{" }}');
