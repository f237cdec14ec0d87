import type { MonitoringDocument, Target } from '../../config/document.ts';
import type { Rule } from '../rule.ts';

/** What can be wrong with a rule that is right by its form. A config may accept one, with a reason. */
export const lintCodes = [
  'never-fires',
  'always-fires',
  'unit-mismatch',
  'silence-is-health',
  'percentile-of-few',
  'duplicate',
  'fires-late',
  'nobody-does',
  'inhibits-in-a-circle',
  'costs-much',
] as const;
export type LintCode = (typeof lintCodes)[number];

/** Something about a rule that a person should look at before it is deployed. */
export interface Finding {
  code: LintCode;
  /** `<target>/<rule id>` */
  rule: string;
  /** What will happen, and how to mend it. */
  says: string;
}

/** One thing to look for. It says what it found, or nothing. */
export interface Lint {
  code: LintCode;
  look(rule: Rule, target: Target, document: MonitoringDocument): string | undefined;
}
