import { prometheusNameOf } from '../../core/metrics/prometheus-name.ts';

/** The Prometheus label of a dimension: `BatchJob` is `batch_job`. */
export const labelName = (dimension: string): string => prometheusNameOf(dimension, 'None');

/** The name of an alert: the rule id in camel case, as is usual in Prometheus. `service-down` is `ServiceDown`. */
export const alertName = (ruleId: string): string =>
  ruleId
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    // A name must not start with a digit.
    .join('')
    .replace(/^(?=\d)/, 'Rule');
