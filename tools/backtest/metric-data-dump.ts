import * as z from 'zod';
import { readMoment } from './moment.ts';
import { pickSeries } from './pick-series.ts';
import { PointCollector, type Recorded } from './point-collector.ts';
import { RecordingError } from './recording-error.ts';

/** The response of `GetMetricData`, as `aws cloudwatch get-metric-data` prints it. */
const response = z.object({
  MetricDataResults: z.array(
    z.object({
      Id: z.string(),
      Label: z.string().default(''),
      Timestamps: z.array(z.union([z.string(), z.number()])),
      Values: z.array(z.number()),
      StatusCode: z.string().optional(),
    }),
  ),
  Messages: z.array(z.object({ Code: z.string().default(''), Value: z.string().default('') })).optional(),
  NextToken: z.string().optional(),
});

/**
 * Reads the output of `aws cloudwatch get-metric-data`. The order does not matter: CloudWatch returns the newest value first.
 * @param selector the `Id` or the `Label` of a result, if there are several
 * @throws {RecordingError} with the place of each problem
 */
export function readMetricDataDump(file: string, dump: unknown, selector: string | undefined): Recorded {
  const parsed = response.safeParse(dump);
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0]!;
    throw new RecordingError(
      `${file} is not the output of aws cloudwatch get-metric-data; expected {"MetricDataResults":[{"Id", "Timestamps", "Values"}]}${path.length > 0 ? `, and at ${path.join('.')}: ${message}` : ''}`,
    );
  }
  const { MetricDataResults, Messages = [], NextToken } = parsed.data;
  const all = MetricDataResults.map((result, at) => ({ ...result, at, name: `${result.Id}  ${result.Label}` }));
  const matching = all.filter(({ Id, Label }) => selector === undefined || selector === Id || selector === Label);
  const { at, Id, Timestamps, Values, StatusCode } = pickSeries(file, all, matching, '--series <Id>');
  const path = `MetricDataResults[${at}]`;
  if (Timestamps.length !== Values.length)
    throw new RecordingError(
      `${file} ${path}: has ${Timestamps.length} timestamps and ${Values.length} values; expected the same number of both`,
    );
  const recorded = collect(file, path, Timestamps.map(String), Values);
  return {
    ...recorded,
    isStatistic: true,
    warnings: [
      ...recorded.warnings,
      ...Messages.map(({ Code, Value }) => `CloudWatch returned ${Code}: ${Value}`),
      ...(NextToken === undefined ? [] : ['the response has a NextToken, so it is only the first page']),
      ...(StatusCode === undefined || StatusCode === 'Complete'
        ? []
        : [`${Id} has the status ${StatusCode}: CloudWatch did not return all values`]),
    ],
  };
}

function collect(file: string, path: string, times: readonly string[], values: readonly number[]): Recorded {
  const collector = new PointCollector(file, (place) => `${path}.Timestamps[${place}]`);
  for (const i of inOrder(times)) collector.add(i, times[i]!, String(values[i]!));
  return collector.end();
}

/** The indexes in the order of time. The collector reports the timestamps that are not valid. */
const inOrder = (times: readonly string[]) =>
  times
    .map((time, i) => ({ i, at: Number(readMoment(time)) || 0 }))
    .sort((a, b) => a.at - b.at || a.i - b.i)
    .map(({ i }) => i);
