import type { MonitoringDocument, Target } from '../../core/definition/document.ts';
import type { LintCode } from '../../core/rules/lint-codes.ts';
import type { Rule } from '../../core/rules/rule.ts';

/** A problem of a valid rule, which should be fixed or accepted before the rule is deployed. */
export interface Finding {
  code: LintCode;
  /** `<target>/<rule id>` */
  rule: string;
  /** What will happen, and how to fix it. It continues a sentence that starts with the rule. */
  says: string;
}

/** Formats a finding on one line: the rule, what will happen and how to fix it, and the code. */
export const sayFinding = ({ rule, says, code }: Finding): string =>
  `${rule} ${says}${/[.?!]$/.test(says) ? '' : '.'} [${code}]`;

/** One lint check. */
export interface Lint {
  code: LintCode;
  /** @returns what is wrong and how to fix it, or undefined if nothing is wrong */
  check(rule: Rule, target: Target, document: MonitoringDocument): string | undefined;
}
