import type { Metric } from './metric.ts';

// The metrics that Tocsin publishes about itself.

/** The heartbeat of a check. It is published at the end of an invocation, whatever the state of the targets. */
export const checkCompleted: Metric = {
  name: 'CheckCompleted',
  prometheus: 'tocsin_check_completed',
  unit: 'Count',
  of: 'check',
  definition: 'A check observed the targets of its shard and recorded the results.',
  calculation: '1 for each invocation that completed.',
  refresh: 'every run of every check',
  benchmark: 'one per interval',
  source: { check: 'every check' },
};

/** The heartbeat of the sweep. */
export const sweepCompleted: Metric = {
  name: 'SweepCompleted',
  prometheus: 'tocsin_sweep_completed',
  unit: 'Count',
  of: 'check',
  definition: 'The sweep sent everything that was due, without errors.',
  calculation: '1 for each sweep that completed.',
  refresh: 'every minute',
  benchmark: 'one per minute',
  source: { check: 'sweep' },
};

/** Operators who would not be notified. The sweep checks every five minutes and publishes no value if there are none. */
export const operatorsUnconfirmed: Metric = {
  name: 'OperatorsUnconfirmed',
  prometheus: 'tocsin_operators_unconfirmed',
  unit: 'Count',
  of: 'check',
  range: { min: 0 },
  definition:
    'Number of operators without a confirmed subscription, who receive no email about failures of the pipeline.',
  calculation:
    'Operators of the config without a confirmed email subscription to the pipeline-failure topic; no value if there are none.',
  refresh: 'every five minutes, while there are any',
  benchmark: 'no value',
  source: { check: 'sweep' },
};

/** Every metric that Tocsin publishes about itself. Each document contains them. */
export const pipelineMetrics: readonly Metric[] = [checkCompleted, sweepCompleted, operatorsUnconfirmed];
