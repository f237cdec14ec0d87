import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';

const metrics = new Metrics({ namespace: 'Tocsin/shop/prod' });
// Powertools adds a dimension `service` to each metric. With it, the alarms do not find the metric.
metrics.clearDefaultDimensions();

export const handler = async (event: { images: string[]; queuedAt: number }): Promise<void> => {
  metrics.addDimension('Service', 'classifier');
  metrics.addMetric('ImagesProcessed', MetricUnit.Count, event.images.length);
  metrics.addMetric('QueueWait', MetricUnit.Seconds, (Date.now() - event.queuedAt) / 1000);
  metrics.publishStoredMetrics();
};
