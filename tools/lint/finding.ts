import type { MonitoringDocument, Target } from '../../core/definition/document.ts';
import type { LintCode } from '../../core/rules/lint-codes.ts';
import type { Rule } from '../../core/rules/rule.ts';

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
