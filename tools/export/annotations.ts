import type { MonitoringDocument, Target } from '../../core/definition/document.ts';
import { runbookOf } from '../../core/incidents/notification-content.ts';
import { type Unit, unitNotation } from '../../core/metrics/unit.ts';
import { fillPlaceholders } from '../../core/rules/placeholders.ts';
import type { MetricRule } from '../../core/rules/rule.ts';
import { isWebPage } from '../../core/rules/runbook.ts';

/** The values for the placeholders of the texts of a rule. */
export interface Words {
  target: string;
  /** A template of Prometheus. */
  value: string;
  threshold: string;
  for: string;
}

/** Makes the annotations of an alert from the texts of the rule. Prometheus fills in the value. */
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
 * The value as a Prometheus template. If the expression counts periods, or is also true without data, `$value` is not the
 * value of the metric, and the template queries it.
 */
export function valueTemplate(unit: Unit, query: string | undefined): string {
  const say = (value: string) => `{{ ${value} | printf "%.6g" }}${unitNotation(unit).suffix}`;
  return query === undefined
    ? say('$value')
    : `{{ with query \`${query}\` }}${say('. | first | value')}{{ else }}unknown{{ end }}`;
}

/** Escapes other braces, which Prometheus would treat as a template. */
const escapeTemplate = (text: string) => text.replace(/\{\{(?!\w+\}\})/g, '{{ "{{" }}');
