/** The codes of lint findings. A rule accepts a finding by its code, with a reason. The lint itself is in `tools/lint`. */
export const lintCodes = [
  'never-fires',
  'always-fires',
  'wrong-direction',
  'unit-mismatch',
  'missing-data-hides-failure',
  'percentile-of-few-samples',
  'sum-of-gauge',
  'one-late-datapoint',
  'slow-to-fire',
  'one-of-many-datapoints',
  'frequent-reminders',
  'duplicate',
  'tiers-inverted',
  'inhibits-more-severe',
  'inhibition-cycle',
  'no-actions',
  'runbook-missing',
  'expensive',
] as const;
export type LintCode = (typeof lintCodes)[number];

/** The codes of findings that concern a target and none of its rules. The fix in the finding says how to accept it. */
export const targetLintCodes = ['private-url-without-network'] as const;
export type TargetLintCode = (typeof targetLintCodes)[number];

/** Codes of earlier versions and what each is called now. A config that uses one gets an error with the new code. */
export const formerLintCodes = {
  'silence-is-health': 'missing-data-hides-failure',
  'percentile-of-few': 'percentile-of-few-samples',
  'sum-of-levels': 'sum-of-gauge',
  'one-late-value': 'one-late-datapoint',
  'fires-late': 'slow-to-fire',
  'one-of-many': 'one-of-many-datapoints',
  'reminds-often': 'frequent-reminders',
  'inhibits-worse': 'inhibits-more-severe',
  'inhibits-in-a-circle': 'inhibition-cycle',
  'nobody-does': 'no-actions',
  'costs-much': 'expensive',
} as const satisfies Record<string, LintCode>;
export type FormerLintCode = keyof typeof formerLintCodes;
