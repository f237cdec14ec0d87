import { describe, expect, it } from 'vitest';
import { metrics } from '../../../catalog/metrics/catalogue.ts';
import { prometheusNameOf, prometheusNameProblem } from '../../../core/metrics/prometheus-name.ts';

describe('the registry of metrics', () => {
  it.each(metrics.map((metric) => [metric.name, metric] as const))('%s is named by the conventions', (_, metric) => {
    expect(prometheusNameProblem(metric)).toBeUndefined();
    // What we and applications publish is in camel case; what others publish is as they call it.
    if (!('namespace' in metric.source)) expect(metric.name).toMatch(/^([A-Z][a-z]+)+$/);
    expect(metric.unit === 'Seconds').toBe(metric.prometheus.endsWith('_seconds'));
    expect(metric.unit === 'Percent').toBe(metric.prometheus.endsWith('_percent'));
  });

  it('gives no name twice, in neither world', () => {
    for (const names of [metrics.map(({ name }) => name), metrics.map(({ prometheus }) => prometheus)])
      expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  });

  it('says of every metric that no check emits how often it has a new value', () => {
    const unsaid = metrics.filter(({ source, refreshSeconds }) => !('check' in source) && refreshSeconds === undefined);
    expect(unsaid).toEqual([]);
  });
});

describe('the Prometheus name of a metric of the user’s own', () => {
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
