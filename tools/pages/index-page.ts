import type { Rule } from '../../core/rules/rule.ts';
import { sayText, table } from './say-rule.ts';

/** A line of the index of runbooks. */
export interface Indexed {
  page: string;
  rules: readonly Rule[];
  /** The kinds or names of the targets of its rules. */
  of: readonly string[];
}

const unique = (texts: readonly string[]) => [...new Set(texts)].join(', ');

/** Makes the generated part of the index: every page with its tier, and the page for operators. */
export const runbookIndex = (pages: readonly Indexed[]): string =>
  table(
    ['page', 'tier', 'summary', 'targets'],
    [
      ...pages.map(({ page, rules, of }) => [
        `[${page}](${page}.md)`,
        unique(rules.map(({ tier }) => tier)),
        unique(rules.map(({ summary }) => sayText(summary))),
        unique(of),
      ]),
      ['[pipeline](pipeline.md)', '–', 'A part of Tocsin fails', 'Tocsin itself, for operators'],
    ],
  );
