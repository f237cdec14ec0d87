import { prometheusNameOf } from '../../core/metrics/prometheus-name.ts';

/** What a dimension is called in Prometheus: `BatchJob` is the label `batch_job`. */
export const labelName = (dimension: string): string => prometheusNameOf(dimension, 'None');

/** The name of an alert: the rule's id in camel case, as Prometheus users write them. `service-down` is `ServiceDown`. */
export const alertName = (ruleId: string): string =>
  ruleId
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    // A name does not begin with a digit.
    .join('')
    .replace(/^(?=\d)/, 'Rule');
