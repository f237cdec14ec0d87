import type { MonitoringDocument, Target } from '../../config/document.ts';
import type { Rule } from '../rule.ts';

/** What can be wrong with a rule that is right by its form. A config may accept one, with a reason. */
export const lintCodes = [
  'never-fires',
  'always-fires',
  'wrong-direction',
  'unit-mismatch',
  'silence-is-health',
  'percentile-of-few',
  'sum-of-levels',
  'one-late-value',
  'fires-late',
  'one-of-many',
  'reminds-often',
  'duplicate',
  'tiers-inverted',
  'inhibits-worse',
  'inhibits-in-a-circle',
  'nobody-does',
  'runbook-missing',
  'costs-much',
] as const;
export type LintCode = (typeof lintCodes)[number];

/** Something about a rule that a person should look at before it is deployed. */
export interface Finding {
  code: LintCode;
  /** `<target>/<rule id>` */
  rule: string;
  /** What will happen, and how to fix it. */
  says: string;
}

/** A finding on one line: the rule, what will happen, and the code by which it is accepted. */
export const sayFinding = ({ rule, says, code }: Finding): string =>
  `${rule} ${says}${/[.?!]$/.test(says) ? '' : '.'} [${code}]`;

/** One thing to look for. It says what it found, or nothing. */
export interface Lint {
  code: LintCode;
  look(rule: Rule, target: Target, document: MonitoringDocument): string | undefined;
}
