import { findMetric } from '../catalog/metrics/catalogue.ts';
import type { MonitoringDocument } from '../core/definition/document.ts';
import { referencedMetrics } from '../core/metrics/referenced-metrics.ts';

/**
 * A stored document with every metric that it refers to. Documents of version 0.1 contain only the metrics that the config
 * declares, without `own`; the others come from the catalogue.
 */
export function completeDocument(document: MonitoringDocument): MonitoringDocument {
  const stored = document.metrics ?? [];
  const named = (name: string) => stored.find((metric) => metric.name === name) ?? findMetric(name);
  const declared = stored.map((metric) => (findMetric(metric.name) ? metric : { ...metric, own: true as const }));
  return { ...document, metrics: referencedMetrics(document.targets, declared, named) };
}
