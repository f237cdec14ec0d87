import type { Metric } from '../../core/metrics/metric.ts';

// Metrics that the CloudWatch agent publishes for the host of a service. The service identifies the host:
// dimensions: { CWAgent: { InstanceId: 'i-0123456789abcdef0' } }.

const agent = { of: 'service', refresh: 'every minute', refreshSeconds: 60 } as const;

export const hostMetrics: readonly Metric[] = [
  {
    ...agent,
    name: 'cpu_usage_active',
    prometheus: 'host_cpu_usage_percent',
    unit: 'Percent',
    range: { min: 0, max: 100 },
    definition: 'CPU utilization.',
    calculation: '100 − idle time in percent, over all cores (`cpu-total`).',
    breakdown: 'user, system, I/O wait; GPU utilization is a separate metric (`nvidia_smi_utilization_gpu`)',
    benchmark: 'below 80 %',
    source: { namespace: 'CWAgent', fixed: { cpu: 'cpu-total' } },
  },
  {
    ...agent,
    name: 'mem_used_percent',
    prometheus: 'host_memory_used_percent',
    unit: 'Percent',
    range: { min: 0, max: 100 },
    definition: 'Share of memory that is in use and not available.',
    calculation: '(total − available) / total × 100.',
    benchmark: 'below 85 %',
    source: { namespace: 'CWAgent' },
  },
  {
    ...agent,
    name: 'net_bytes_recv',
    prometheus: 'host_network_received_bytes',
    unit: 'Bytes',
    range: { min: 0 },
    definition: 'Bytes received by the network interfaces.',
    calculation: 'Counted by the kernel; the agent publishes the difference each minute. Use the statistic Sum.',
    source: { namespace: 'CWAgent' },
  },
  {
    ...agent,
    name: 'net_bytes_sent',
    prometheus: 'host_network_sent_bytes',
    unit: 'Bytes',
    range: { min: 0 },
    definition: 'Bytes sent by the network interfaces.',
    calculation: 'Counted by the kernel; the agent publishes the difference each minute. Use the statistic Sum.',
    source: { namespace: 'CWAgent' },
  },
  {
    ...agent,
    name: 'disk_used_percent',
    prometheus: 'host_disk_used_percent',
    unit: 'Percent',
    range: { min: 0, max: 100 },
    definition: 'Share of a file system that is in use.',
    calculation:
      'Used / (used + available to users) × 100. The disk check reads the same value, and the free space in gigabytes.',
    breakdown: 'path, device, file system: the target specifies one of each',
    source: { namespace: 'CWAgent' },
  },
];

// Metrics that Container Insights publishes for a service on Kubernetes. The service identifies the pods:
// dimensions: { ContainerInsights: { ClusterName: 'ml', Namespace: 'ml-serving', PodName: 'model-api' } }.

const insights = { ...agent, source: { namespace: 'ContainerInsights' } } as const;

export const containerMetrics: readonly Metric[] = [
  {
    ...insights,
    name: 'pod_number_of_container_restarts',
    prometheus: 'pod_container_restarts_total',
    unit: 'Count',
    range: { min: 0 },
    definition: 'Restarts of the containers of a pod.',
    calculation: 'Counted by Kubernetes; one value per minute. Use the statistic Sum.',
    target: '0',
  },
  {
    ...insights,
    name: 'pod_cpu_utilization',
    prometheus: 'pod_cpu_utilization_percent',
    unit: 'Percent',
    range: { min: 0 },
    definition: 'CPU that the pods use, as a share of their node.',
    calculation: 'CPU of the pods / CPU of the node × 100.',
  },
  {
    ...insights,
    name: 'pod_memory_utilization',
    prometheus: 'pod_memory_utilization_percent',
    unit: 'Percent',
    range: { min: 0, max: 100 },
    definition: 'Memory that the pods use, as a share of their node.',
    calculation: 'Working set of the pods / memory of the node × 100.',
  },
  {
    ...insights,
    name: 'service_number_of_running_pods',
    prometheus: 'service_running_pods',
    unit: 'Count',
    range: { min: 0 },
    definition: 'Running pods of a Kubernetes service.',
    calculation: 'Counted once a minute.',
  },
];
