import { type Alarm, alarmsOf } from '../core/alarms/alarm.ts';
import type { MonitoringDocument } from '../core/definition/document.ts';
import { metricOf } from '../core/metrics/metric-of.ts';

/**
 * The alarms that a laptop evaluates: those on metrics of checks. What an application or an agent publishes goes to
 * CloudWatch and never comes here; judged here, each such rule that takes silence for a breach would cry for nothing.
 */
export const alarmsHere = (document: MonitoringDocument): Alarm[] =>
  alarmsOf(document).filter(({ metric }) => 'check' in metricOf(document, metric.name).source);

/** The names of the alarms that only CloudWatch can evaluate. */
export function alarmsElsewhere(document: MonitoringDocument): string[] {
  const here = new Set(alarmsHere(document).map(({ name }) => name));
  return alarmsOf(document).flatMap(({ name }) => (here.has(name) ? [] : [name]));
}
