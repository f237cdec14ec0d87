import type { MetricRule } from '../../core/rules/rule.ts';
import { expensive } from './expensive.ts';
import type { Lint } from './finding.ts';
import { onMetric } from './on-metric.ts';
import { pairLints } from './pair-lints.ts';
import { sampleLints } from './sample-lints.ts';
import { isBelow, thresholdLints } from './threshold-lints.ts';
import { timeLints } from './time-lints.ts';
import { unitMismatch } from './unit-lints.ts';

const missingDataHidesFailure = onMetric('missing-data-hides-failure', (rule: MetricRule) =>
  isBelow(rule) && rule.missingData === 'notBreaching'
    ? "treats missing data as good values: if the metric is no longer published, the alarm returns to OK. Use missingData: 'missing', or 'breaching' for a heartbeat"
    : undefined,
);

const noActions: Lint = {
  code: 'no-actions',
  check: (rule) =>
    rule.tier === 'critical' && rule.actions.length === 0
      ? 'is critical and has no actions: the person on call must know what to do. Add actions'
      : undefined,
};

/** All lint checks of single rules. */
export const lints: readonly Lint[] = [
  ...thresholdLints,
  unitMismatch,
  missingDataHidesFailure,
  ...sampleLints,
  ...timeLints,
  ...pairLints,
  noActions,
  expensive,
];
