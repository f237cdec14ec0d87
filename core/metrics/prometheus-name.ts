import type { Metric, Unit } from './metric.ts';

/** How a name ends by its unit: https://prometheus.io/docs/practices/naming. Percent stays percent, as people say it. */
const suffix: Record<Unit, string> = {
  Seconds: '_seconds',
  Percent: '_percent',
  Bytes: '_bytes',
  Gigabytes: '_gigabytes',
  Count: '',
  None: '',
};

/** `QueueWait` in seconds is `queue_wait_seconds`. A unit that the name ends on already is not said twice. */
export function prometheusNameOf(name: string, unit: Unit): string {
  const snake = name
    .replace(/([a-z0-9])([A-Z])|([A-Z])(?=[A-Z][a-z])/g, (_, before, after, last) =>
      last ? `${last}_` : `${before}_${after}`,
    )
    .replace(/[^A-Za-z0-9]+/g, '_')
    .toLowerCase();
  return snake.endsWith(suffix[unit]) ? snake : `${snake}${suffix[unit]}`;
}

/** What the naming conventions have against a metric's Prometheus name, if anything. */
export function prometheusNameProblem({ prometheus, unit }: Pick<Metric, 'prometheus' | 'unit'>): string | undefined {
  if (!/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/.test(prometheus))
    return `has the Prometheus name ${prometheus}, which is not snake_case`;
  if (!prometheus.endsWith(suffix[unit]))
    return `has the Prometheus name ${prometheus}, which does not end on its unit: ${suffix[unit]}`;
  return undefined;
}
