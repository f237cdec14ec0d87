import type { Metric } from './metric.ts';
import { type Unit, unitNotation } from './unit.ts';

/** `QueueWait` in seconds is `queue_wait_seconds`. A unit at the end of the name is not repeated. */
export function prometheusNameOf(name: string, unit: Unit): string {
  const snake = name
    .replace(/([a-z0-9])([A-Z])|([A-Z])(?=[A-Z][a-z])/g, (_, before, after, last) =>
      last ? `${last}_` : `${before}_${after}`,
    )
    .replace(/[^A-Za-z0-9]+/g, '_')
    .toLowerCase();
  const { prometheus: end } = unitNotation(unit);
  return snake.endsWith(end) ? snake : `${snake}${end}`;
}

/** Whether Prometheus accepts the name. Other exporters use CamelCase, and recording rules use colons. */
export const isPrometheusName = (name: string): boolean => /^[A-Za-z_:][A-Za-z0-9_:]*$/.test(name);

/** Why the Prometheus name of a metric of the catalogue violates the naming conventions. Undefined if it does not. */
export function prometheusNameProblem({ prometheus, unit }: Pick<Metric, 'prometheus' | 'unit'>): string | undefined {
  if (!/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/.test(prometheus))
    return `has the Prometheus name ${prometheus}, which is not snake_case`;
  const { prometheus: end } = unitNotation(unit);
  if (!prometheus.endsWith(end))
    return `has the Prometheus name ${prometheus}, which does not end with its unit: ${end}`;
  return undefined;
}
