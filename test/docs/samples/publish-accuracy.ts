import { readFile, writeFile } from 'node:fs/promises';
import { CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { type DropReading, nextDrop } from 'tocsin';

const cloudwatch = new CloudWatchClient({});
const Dimensions = [{ Name: 'Service', Value: 'classifier' }];

/** Call it once an hour, with the accuracy of that hour in percent. `file` stores the readings between runs. */
export async function publishAccuracy(accuracy: number, hour: Date, file: string): Promise<void> {
  const earlier = await readFile(file, 'utf8').then(
    (text) => JSON.parse(text) as DropReading[],
    () => [],
  );
  const readings = nextDrop(earlier, { at: hour.getTime(), value: accuracy }, { comparedSeconds: 3600, from: 5 });
  await writeFile(file, JSON.stringify(readings));
  const drop = readings.at(-1)?.drop;
  const percent = { Dimensions, Timestamp: hour, Unit: 'Percent' as const };
  const MetricData = [
    { ...percent, MetricName: 'AccuracyPercent', Value: accuracy },
    ...(drop === undefined ? [] : [{ ...percent, MetricName: 'AccuracyDropPoints', Value: drop }]),
  ];
  await cloudwatch.send(new PutMetricDataCommand({ Namespace: 'Tocsin/shop/prod', MetricData }));
}
