/** The metric for availability: an incident of a rule on this metric is downtime. */
export const availabilityMetric = 'ServiceUp';
