import type { Rule } from '../../core/rules/rule.ts';
import { sayText, table } from './say-rule.ts';

/** A line of the index of runbooks. */
export interface Indexed {
  page: string;
  rules: readonly Rule[];
  /** The kinds of targets that it is about, as people call them. */
  of: readonly string[];
}

const unique = (texts: readonly string[]) => [...new Set(texts)].join(', ');

/** The generated part of the index: every page with its tier, and the one for operators. */
export const runbookIndex = (pages: readonly Indexed[]): string =>
  table(
    ['page', 'tier', 'says', 'of'],
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
