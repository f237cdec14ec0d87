import { checkKinds } from '../checks/kinds.ts';
import type { Metric } from './metric.ts';

/** The heartbeat of a check. Published as the last act of an invocation, whatever the targets did. */
const checkCompleted: Metric = {
  name: 'CheckCompleted',
  unit: 'Count',
  of: 'check',
  definition: 'A check looked at all targets of its shard and recorded what it saw.',
  calculation: '1 for each invocation that came to its end.',
  refresh: 'every run of every check',
  benchmark: 'one per interval',
  source: { check: 'every check' },
};

/** The heartbeat of the sweep. */
const sweepCompleted: Metric = {
  name: 'SweepCompleted',
  unit: 'Count',
  of: 'check',
  definition: 'The sweep sent what was due and failed at nothing.',
  calculation: '1 for each sweep that came to its end.',
  refresh: 'every minute',
  benchmark: 'one per minute',
  source: { check: 'sweep' },
};

/** Every metric that Tocsin knows. */
export const metrics: readonly Metric[] = [
  ...checkKinds.flatMap((kind): readonly Metric[] => kind.metrics),
  checkCompleted,
  sweepCompleted,
];

/** A metric by its CloudWatch name. */
export const findMetric = (name: string): Metric | undefined => metrics.find((metric) => metric.name === name);
