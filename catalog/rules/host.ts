import { ruleBuilder } from './builder.ts';

// Rules on the host that a service runs on (catalog/metrics/host.ts). The service names the host in `dimensions`.

/** CPU utilization is high. Medium. @default abovePercent: 80, for: 30 minutes */
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
  description: 'The CPU utilization of {{target}} averaged {{value}} over {{for}} (threshold {{threshold}}).',
  actions: [
    'Find the process that uses the CPU, and check whether requests rose at the same time.',
    'Optimize it, or add capacity.',
  ],
  runbook: 'cpu-high',
});

/** Memory utilization is high. Medium. @default abovePercent: 85, for: 5 minutes */
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
  description: 'The memory utilization of {{target}} averaged {{value}} over {{for}} (threshold {{threshold}}).',
  actions: [
    'Does memory grow continuously (a leak: restart, then investigate), or did it rise with the load?',
    'Use fewer workers, smaller batches, or a larger instance.',
  ],
  runbook: 'memory-high',
});
