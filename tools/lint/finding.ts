import type { MonitoringDocument, Target } from '../../core/definition/document.ts';
import type { LintCode, TargetLintCode } from '../../core/rules/lint-codes.ts';
import type { Rule } from '../../core/rules/rule.ts';

/** A problem of a valid rule or target, which should be fixed or accepted before it is deployed. */
export interface Finding {
  code: LintCode | TargetLintCode;
  /** `<target>/<rule id>`, or `<target>` if the finding concerns none of its rules. */
  rule: string;
  /** What will happen, and how to fix it. It continues a sentence that starts with the rule or target. */
  says: string;
}

/** Formats a finding on one line: the rule or target, what will happen and how to fix it, and the code. */
export const sayFinding = ({ rule, says, code }: Finding): string =>
  `${rule} ${says}${/[.?!]$/.test(says) ? '' : '.'} [${code}]`;

/** One lint check. */
export interface Lint {
  code: LintCode;
  /** @returns what is wrong and how to fix it, or undefined if nothing is wrong */
  check(rule: Rule, target: Target, document: MonitoringDocument): string | undefined;
}
