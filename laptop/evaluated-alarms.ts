import { type Alarm, alarmsOf } from '../core/alarms/alarm.ts';
import type { MonitoringDocument } from '../core/definition/document.ts';
import { metricOf } from '../core/metrics/metric-of.ts';

/**
 * The alarms that a laptop evaluates: those on metrics of checks. Metrics of applications and
 * agents are published to CloudWatch and are not available here. Evaluated here, a rule that treats missing data as breaching would
 * fire without reason.
 */
export const alarmsHere = (document: MonitoringDocument): Alarm[] =>
  alarmsOf(document).filter(({ metric }) => 'check' in metricOf(document, metric.name).source);

/** The names of the alarms that only CloudWatch can evaluate. */
export function alarmsElsewhere(document: MonitoringDocument): string[] {
  const here = new Set(alarmsHere(document).map(({ name }) => name));
  return alarmsOf(document).flatMap(({ name }) => (here.has(name) ? [] : [name]));
}
