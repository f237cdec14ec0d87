import type { Metric } from './metric.ts';
import { type Unit, unitWords } from './unit.ts';

/** `QueueWait` in seconds is `queue_wait_seconds`. A unit that the name ends on already is not said twice. */
export function prometheusNameOf(name: string, unit: Unit): string {
  const snake = name
    .replace(/([a-z0-9])([A-Z])|([A-Z])(?=[A-Z][a-z])/g, (_, before, after, last) =>
      last ? `${last}_` : `${before}_${after}`,
    )
    .replace(/[^A-Za-z0-9]+/g, '_')
    .toLowerCase();
  const { prometheus: end } = unitWords(unit);
  return snake.endsWith(end) ? snake : `${snake}${end}`;
}

/** Whether Prometheus takes it for the name of a metric. Names of others may be in CamelCase, or of recording rules, with colons. */
export const isPrometheusName = (name: string): boolean => /^[A-Za-z_:][A-Za-z0-9_:]*$/.test(name);

/** What the naming conventions have against the Prometheus name of a metric of ours, if anything. */
export function prometheusNameProblem({ prometheus, unit }: Pick<Metric, 'prometheus' | 'unit'>): string | undefined {
  if (!/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/.test(prometheus))
    return `has the Prometheus name ${prometheus}, which is not snake_case`;
  const { prometheus: end } = unitWords(unit);
  if (!prometheus.endsWith(end)) return `has the Prometheus name ${prometheus}, which does not end on its unit: ${end}`;
  return undefined;
}
