import type { Metric } from '../../core/metrics/metric.ts';

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
  {
    ...agent,
    name: 'net_bytes_recv',
    prometheus: 'host_network_received_bytes',
    unit: 'Bytes',
    range: { min: 0 },
    definition: 'Bytes that came in over the network interfaces.',
    calculation: 'Counted by the kernel; the agent publishes the difference of each minute. Read it with Sum.',
    source: { namespace: 'CWAgent' },
  },
  {
    ...agent,
    name: 'net_bytes_sent',
    prometheus: 'host_network_sent_bytes',
    unit: 'Bytes',
    range: { min: 0 },
    definition: 'Bytes that went out over the network interfaces.',
    calculation: 'Counted by the kernel; the agent publishes the difference of each minute. Read it with Sum.',
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
      'Used / (used + free for users) × 100. The disk check reads the same and knows the room in gigabytes, too.',
    breakdown: 'path, device, file system: the target names one of each',
    source: { namespace: 'CWAgent' },
  },
];

// What Container Insights tells of a service on Kubernetes. The service says which one it is:
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
    calculation: 'Counted by Kubernetes; one value a minute. Read it with Sum.',
    target: 'none',
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
    definition: 'Pods that run behind a service of Kubernetes.',
    calculation: 'Counted once a minute.',
  },
];
