import type { Metric } from '../metric.ts';

// What the CloudWatch agent tells of the machine that a service runs on. The service says which one it is:
// dimensions: { CWAgent: { InstanceId: 'i-0123456789abcdef0' } }.

const agent = { of: 'service', refresh: 'every minute', refreshSeconds: 60 } as const;

export const hostMetrics: readonly Metric[] = [
  {
    ...agent,
    name: 'cpu_usage_active',
    prometheus: 'host_cpu_usage_percent',
    unit: 'Percent',
    range: { min: 0, max: 100 },
    definition: 'Share of time that the processors work.',
    calculation: '100 − idle, over all cores (`cpu-total`).',
    breakdown: 'user, system, wait for disks; GPU use has metrics of its own (`nvidia_smi_utilization_gpu`)',
    benchmark: 'under 80 %',
    source: { namespace: 'CWAgent', fixed: { cpu: 'cpu-total' } },
  },
  {
    ...agent,
    name: 'mem_used_percent',
    prometheus: 'host_memory_used_percent',
    unit: 'Percent',
    range: { min: 0, max: 100 },
    definition: 'Share of memory that is in use and cannot be freed at once.',
    calculation: '(total − available) / total × 100.',
    benchmark: 'under 85 %',
    source: { namespace: 'CWAgent' },
  },
];
