/** The findings of the lint. A rule may accept one, with a reason; the lint itself is in `tools/lint`. */
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
