import { type RuleBase, ruleBuilder } from './builder.ts';

// Rules on the metrics of the disk check.

const spaceLow = {
  tier: 'medium',
  statistic: 'Minimum',
  comparison: 'below',
  for: '10 minutes',
  missingData: 'missing',
  remindEvery: '12 hours',
  description: '{{value}} free on {{target}} (threshold {{threshold}}).',
  actions: ['Remove or compress rotated logs.', 'Archive old results.', 'Extend the volume.'],
} satisfies Partial<RuleBase>;

/** The free space of a volume is low, in gigabytes. Medium. @default belowGigabytes: 5 */
export const diskSpaceLow = ruleBuilder('belowGigabytes', {
  ...spaceLow,
  id: 'disk-space-low',
  explains: ['disk-share-low'],
  metric: 'FreeGigabytes',
  threshold: 5,
  summary: 'Disk space low',
  runbook: 'disk-space-low',
});

/** The free space of a volume is low, as a share of its size. Medium. @default belowPercent: 10 */
export const diskShareLow = ruleBuilder('belowPercent', {
  ...spaceLow,
  id: 'disk-share-low',
  metric: 'FreePercent',
  threshold: 10,
  summary: 'Disk nearly full',
  runbook: 'disk-share-low',
});
