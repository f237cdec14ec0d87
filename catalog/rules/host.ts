import { ruleBuilder } from './builder.ts';

// Rules on the machine a service runs on (catalog/metrics/host.ts). The service names it under `dimensions`.

/** The processors are busy. Medium. @default abovePercent: 80, for: 30 minutes */
export const cpuHigh = ruleBuilder('abovePercent', {
  id: 'cpu-high',
  tier: 'medium',
  metric: 'cpu_usage_active',
  statistic: 'Average',
  comparison: 'above',
  threshold: 80,
  period: '5 minutes',
  for: '30 minutes',
  missingData: 'missing',
  summary: 'CPU high',
  description: 'The CPU of {{target}} is {{value}} busy, {{threshold}} is the limit, for {{for}}.',
  actions: [
    'See which process it is, and whether requests rose with it.',
    'Make it cheaper, or give it more machines.',
  ],
  runbook: 'cpu-high',
});

/** Memory runs out. Medium. @default abovePercent: 85, for: 5 minutes */
export const memoryHigh = ruleBuilder('abovePercent', {
  id: 'memory-high',
  tier: 'medium',
  metric: 'mem_used_percent',
  statistic: 'Average',
  comparison: 'above',
  threshold: 85,
  for: '5 minutes',
  missingData: 'missing',
  summary: 'Memory high',
  description: '{{value}} of the memory of {{target}} is in use, {{threshold}} is the limit, for {{for}}.',
  actions: [
    'See whether it grows without end (a leak: restart, then look) or came with the load.',
    'Fewer workers, smaller batches, or a larger machine.',
  ],
  runbook: 'memory-high',
});
