import { type RuleBase, ruleBuilder } from './builder.ts';

// Rules on what the disk check measures.

const roomLow = {
  tier: 'medium',
  statistic: 'Minimum',
  comparison: 'below',
  for: '10 minutes',
  missingData: 'missing',
  remindEvery: '12 hours',
  description: '{{value}} are free on {{target}}, {{threshold}} is the limit.',
  actions: ['Remove or compress rotated logs.', 'Archive old results.', 'Grow the volume.'],
} satisfies Partial<RuleBase>;

/** Little room is left on a volume, in gigabytes. Medium. @default belowGigabytes: 5 */
export const diskSpaceLow = ruleBuilder('belowGigabytes', {
  ...roomLow,
  id: 'disk-space-low',
  explains: ['disk-share-low'],
  metric: 'FreeGigabytes',
  threshold: 5,
  summary: 'Disk space low',
  runbook: 'disk-space-low',
});

/** Little room is left on a volume, as a share of its size. Medium. @default belowPercent: 10 */
export const diskShareLow = ruleBuilder('belowPercent', {
  ...roomLow,
  id: 'disk-share-low',
  metric: 'FreePercent',
  threshold: 10,
  summary: 'Disk nearly full',
  runbook: 'disk-share-low',
});
