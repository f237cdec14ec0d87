/** What a rule's texts may name. */
export const metricPlaceholders = ['target', 'value', 'threshold', 'for'] as const;
export const eventPlaceholders = ['target', 'run', 'error', 'duration', 'counts'] as const;

/** Fills `{{name}}` from the values given. One that has no value reads as "unknown": an alert is never lost over a text. */
export const fillPlaceholders = (template: string, values: Readonly<Record<string, string | undefined>>): string =>
  template.replace(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? 'unknown');

/** The placeholders of a template that are not among those allowed. */
export const unknownPlaceholders = (template: string, allowed: readonly string[]): string[] =>
  [...template.matchAll(/\{\{(.*?)\}\}/g)].map((match) => match[1]!).filter((name) => !allowed.includes(name));
