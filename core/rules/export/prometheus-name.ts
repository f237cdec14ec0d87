import type { Metric } from '../../metrics/metric.ts';

/** The suffix that says a metric's unit. A count has none: `_total` is kept for counters, and ours are gauges. */
const unitSuffix: Record<Metric['unit'], string> = {
  Seconds: 'seconds',
  Percent: 'percent',
  Gigabytes: 'gigabytes',
  Count: '',
  None: '',
};

/**
 * What a metric is called in Prometheus: `tocsin_` and its CloudWatch name in snake case, with its unit at the end when the
 * name does not end with it. Values are not converted, so the unit stays what it is: `FreeGigabytes` is not in bytes.
 */
export function prometheusName({ name, unit }: Pick<Metric, 'name' | 'unit'>): string {
  const words = snakeCase(name);
  const suffix = unitSuffix[unit];
  return `tocsin_${words}${suffix && !words.endsWith(suffix) ? `_${suffix}` : ''}`;
}

/** What a dimension is called in Prometheus: `BatchJob` is the label `batch_job`. */
export const labelName = (dimension: string): string => snakeCase(dimension);

/** The name of an alert: the rule's id in camel case, as Prometheus users write them. `service-down` is `ServiceDown`. */
export const alertName = (ruleId: string): string =>
  ruleId
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    // A name does not begin with a digit.
    .join('')
    .replace(/^(?=\d)/, 'Rule');

/** `HTTPErrors` is `http_errors`, `P99Latency` is `p99_latency`. What is neither letter nor digit parts words. */
const snakeCase = (name: string) =>
  name
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .toLowerCase();
