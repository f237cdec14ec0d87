import { describe, expect, it } from 'vitest';
import { metrics } from '../../../catalog/metrics/catalogue.ts';
import { prometheusNameOf, prometheusNameProblem } from '../../../core/metrics/prometheus-name.ts';

describe('the catalogue of metrics', () => {
  it.each(metrics.map((metric) => [metric.name, metric] as const))('%s follows the naming conventions', (_, metric) => {
    expect(prometheusNameProblem(metric)).toBeUndefined();
    // Metrics of Tocsin and of applications are in camel case; other namespaces have their own names.
    if (!('namespace' in metric.source)) expect(metric.name).toMatch(/^([A-Z][a-z]+)+$/);
    expect(metric.unit === 'Seconds').toBe(metric.prometheus.endsWith('_seconds'));
    expect(metric.unit === 'Percent').toBe(metric.prometheus.endsWith('_percent'));
  });

  it('has unique names, in CloudWatch and in Prometheus', () => {
    for (const names of [metrics.map(({ name }) => name), metrics.map(({ prometheus }) => prometheus)])
      expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  });

  it('has a refresh for every metric that no check emits', () => {
    const unsaid = metrics.filter(({ source, refreshSeconds }) => !('check' in source) && refreshSeconds === undefined);
    expect(unsaid).toEqual([]);
  });
});

describe('the Prometheus name of a declared metric', () => {
  it.each([
    ['QueueDepth', 'Count', 'queue_depth'],
    ['QueueWait', 'Seconds', 'queue_wait_seconds'],
    ['WaitSeconds', 'Seconds', 'wait_seconds'],
    ['HTTPErrors', 'Count', 'http_errors'],
    ['gpu.memory_used', 'Percent', 'gpu_memory_used_percent'],
    ['UploadSize', 'Bytes', 'upload_size_bytes'],
  ] as const)('%s in %s is %s', (name, unit, prometheus) => {
    expect(prometheusNameOf(name, unit)).toBe(prometheus);
    expect(prometheusNameProblem({ prometheus, unit })).toBeUndefined();
  });
});
