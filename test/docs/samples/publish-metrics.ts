import { CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';

const cloudwatch = new CloudWatchClient({});
const Dimensions = [{ Name: 'Service', Value: 'classifier' }];

/** The requests of one minute, collected by the code that handles them. */
export interface Minute {
  requestSeconds: number[];
  failed: number;
  serverErrors: number;
}

/** Call it once a minute. */
export async function publishMinute({ requestSeconds, failed, serverErrors }: Minute): Promise<void> {
  const requests = requestSeconds.length;
  const MetricData = [
    { MetricName: 'Requests', Dimensions, Unit: 'Count' as const, Value: requests },
    { MetricName: 'SuccessfulRequests', Dimensions, Unit: 'Count' as const, Value: requests - failed },
    { MetricName: 'ServerErrors', Dimensions, Unit: 'Count' as const, Value: serverErrors },
  ];
  await cloudwatch.send(new PutMetricDataCommand({ Namespace: 'Tocsin/shop/prod', MetricData }));
  if (requests === 0) return; // Without requests there is no error rate and no latency: publish no value.
  const errors = { MetricName: 'ErrorPercent', Dimensions, Unit: 'Percent' as const, Value: (100 * failed) / requests };
  const times = { MetricName: 'RequestSeconds', Dimensions, Unit: 'Seconds' as const };
  // A datum can have 150 values.
  const portions = Array.from({ length: Math.ceil(requests / 150) }, (_, at) => ({
    ...times,
    Values: requestSeconds.slice(at * 150, (at + 1) * 150),
  }));
  await cloudwatch.send(new PutMetricDataCommand({ Namespace: 'Tocsin/shop/prod', MetricData: [errors, ...portions] }));
}
