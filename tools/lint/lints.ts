import type { MetricRule } from '../../core/rules/rule.ts';
import { costsMuch } from './costs-much.ts';
import type { Lint } from './finding.ts';
import { onMetric } from './on-metric.ts';
import { pairLints } from './pair-lints.ts';
import { sampleLints } from './sample-lints.ts';
import { isBelow, thresholdLints } from './threshold-lints.ts';
import { timeLints } from './time-lints.ts';
import { unitMismatch } from './unit-lints.ts';

const silenceIsHealth = onMetric('silence-is-health', (rule: MetricRule) =>
  isBelow(rule) && rule.missingData === 'notBreaching'
    ? "takes missing data for good values: when the metric stops, so does the alarm. Write missingData: 'missing', or 'breaching' for a heartbeat"
    : undefined,
);

const nobodyDoes: Lint = {
  code: 'nobody-does',
  look: (rule) =>
    rule.tier === 'critical' && rule.actions.length === 0
      ? 'is critical and names no action: who is woken must read what to do. Add actions'
      : undefined,
};

/** Everything that is looked for. */
export const lints: readonly Lint[] = [
  ...thresholdLints,
  unitMismatch,
  silenceIsHealth,
  ...sampleLints,
  ...timeLints,
  ...pairLints,
  nobodyDoes,
  costsMuch,
];
