import type { Metric } from './metric.ts';

// What Tocsin publishes of itself.

/** The heartbeat of a check. Published as the last act of an invocation, whatever the targets did. */
export const checkCompleted: Metric = {
  name: 'CheckCompleted',
  prometheus: 'tocsin_check_completed',
  unit: 'Count',
  of: 'check',
  definition: 'A check looked at all targets of its shard and recorded what it saw.',
  calculation: '1 for each invocation that came to its end.',
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
  definition: 'The sweep sent what was due and failed at nothing.',
  calculation: '1 for each sweep that came to its end.',
  refresh: 'every minute',
  benchmark: 'one per minute',
  source: { check: 'sweep' },
};

/** Operators who would not be notified. The sweep looks every five minutes, and publishes nothing while there are none. */
export const operatorsUnconfirmed: Metric = {
  name: 'OperatorsUnconfirmed',
  prometheus: 'tocsin_operators_unconfirmed',
  unit: 'Count',
  of: 'check',
  range: { min: 0 },
  definition:
    'How many operators have no confirmed subscription, so that no mail about the pipeline itself reaches them.',
  calculation:
    'Operators of the config without a confirmed email subscription of the pipeline-failure topic; no value when there are none.',
  refresh: 'every five minutes, while there are any',
  benchmark: 'no value',
  source: { check: 'sweep' },
};

/** Every metric that Tocsin publishes of itself. They are in each document. */
export const pipelineMetrics: readonly Metric[] = [checkCompleted, sweepCompleted, operatorsUnconfirmed];
