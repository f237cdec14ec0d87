/** The placeholders that the texts of a rule may use. */
export const metricPlaceholders = ['target', 'value', 'threshold', 'for'] as const;
export const eventPlaceholders = ['target', 'run', 'error', 'duration', 'counts'] as const;

/** Fills `{{name}}` with the given values. A placeholder without a value becomes "unknown", so that no alert is lost because of its text. */
export const fillPlaceholders = (template: string, values: Readonly<Record<string, string | undefined>>): string =>
  template.replace(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? 'unknown');

/** The placeholders of a template that are not allowed. */
export const unknownPlaceholders = (template: string, allowed: readonly string[]): string[] =>
  [...template.matchAll(/\{\{(.*?)\}\}/g)].map((match) => match[1]!).filter((name) => !allowed.includes(name));
