import { type CloudWatchClient, type MetricDatum, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import type { Datum, MetricSink } from '../core/metrics/metric.ts';

// The limits of one PutMetricData request. The limit of 1 MB is reduced, because JSON adds to the size of the data.
const metricsPerRequest = 1000;
const valuesPerMetric = 150;
const bytesPerRequest = 900_000;

/** Publishes metrics in one CloudWatch namespace, in as few requests as the limits of PutMetricData allow. */
export class CloudwatchMetricSink implements MetricSink {
  readonly #client: CloudWatchClient;
  readonly #namespace: string;

  constructor(client: CloudWatchClient, namespace: string) {
    this.#client = client;
    this.#namespace = namespace;
  }

  async publish(data: readonly Datum[]): Promise<void> {
    for (const MetricData of requestsOf(gathered(data))) {
      await this.#client.send(new PutMetricDataCommand({ Namespace: this.#namespace, MetricData }));
    }
  }
}

/** Groups the values of one series with the same time into one datum. */
function gathered(data: readonly Datum[]): MetricDatum[] {
  const moments = new Map<string, Datum[]>();
  for (const datum of data) {
    const moment = JSON.stringify([datum.metric, datum.unit, datum.dimensions, datum.at]);
    const same = moments.get(moment);
    if (same) same.push(datum);
    else moments.set(moment, [datum]);
  }
  return [...moments.values()].flatMap((same) => {
    const { metric, unit, dimensions, at } = same[0]!;
    return portions(same, valuesPerMetric).map((portion) => ({
      MetricName: metric,
      Unit: unit,
      Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
      Timestamp: new Date(at),
      Values: portion.map(({ value }) => value),
    }));
  });
}

function requestsOf(data: readonly MetricDatum[]): MetricDatum[][] {
  const requests: MetricDatum[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const datum of data) {
    const size = Buffer.byteLength(JSON.stringify(datum)) + 1;
    const request = requests.at(-1);
    if (request && request.length < metricsPerRequest && bytes + size <= bytesPerRequest) {
      request.push(datum);
      bytes += size;
    } else {
      requests.push([datum]);
      bytes = size;
    }
  }
  return requests;
}

const portions = <T>(all: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, at) => all.slice(at * size, (at + 1) * size));
