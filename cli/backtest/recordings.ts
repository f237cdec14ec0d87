import type { Alarm } from '../../core/alarms/alarm.ts';
import type { MonitoringDocument } from '../../core/definition/document.ts';
import { archivePeriod } from '../../core/metrics/metric-archive.ts';
import { metricOf } from '../../core/metrics/metric-of.ts';
import { UserError } from '../../core/user-error.ts';
import { readText } from '../../laptop/read-text.ts';
import { CsvPoints, type CsvRow, readOutages } from '../../tools/backtest/csv-rows.ts';
import { readMetricDataDump } from '../../tools/backtest/metric-data-dump.ts';
import type { Recorded } from '../../tools/backtest/point-collector.ts';
import { readPrometheusDump } from '../../tools/backtest/prometheus-dump.ts';
import { RecordingBuilder } from '../../tools/backtest/recording.ts';
import type { Outage } from '../../tools/backtest/score.ts';
import { openStoreAt, type StoreLocation } from '../open-store.ts';
import type { Progress } from '../progress.ts';
import { readCsv } from './read-csv-rows.ts';

/** The source of recorded values, from the options of a command. */
export interface RecordingOptions extends StoreLocation {
  csv?: string;
  prometheus?: string;
  metricData?: string;
  /** Read from CloudWatch. */
  live?: boolean;
  series?: string;
  /** The number of days to read from the history or CloudWatch. */
  days: number;
}

const files = ['csv', 'prometheus', 'metricData'] as const;
const dayMs = 86_400_000;

/**
 * Reads the recorded values of the metric of an alarm from a file or CloudWatch, as the options specify. Without an option it
 * reads the execution history.
 */
export async function readRecorded(
  document: MonitoringDocument,
  { alarm, target }: { alarm: Alarm; target: string },
  options: RecordingOptions,
  progress: Progress,
): Promise<Recorded & { source: string }> {
  const given = [...files.filter((file) => options[file] !== undefined), ...(options.live ? ['live'] : [])];
  if (given.length > 1)
    throw new UserError(
      `${given.length} sources are given. Specify only one of --csv, --prometheus, --metric-data and --live.`,
    );
  const { csv, prometheus, metricData, series } = options;
  if (series !== undefined && prometheus === undefined && metricData === undefined)
    throw new UserError('--series selects a series of --prometheus or --metric-data. Specify one of them.');
  if (csv !== undefined) return { ...(await readCsvPoints(csv, progress)), source: csv };
  if (prometheus !== undefined)
    return { ...readPrometheusDump(prometheus, readJson(prometheus), series), source: prometheus };
  if (metricData !== undefined)
    return { ...readMetricDataDump(metricData, readJson(metricData), series), source: metricData };
  return options.live
    ? fromCloudwatch(alarm, options, progress)
    : fromHistory(document, { alarm, target }, options, progress);
}

async function readCsvPoints(file: string, progress: Progress): Promise<Recorded> {
  const points = new CsvPoints(file);
  await readCsv(file, (row) => {
    points.add(row);
    if (row.line % 50_000 === 0) progress.at(`${file}: ${row.line.toLocaleString('en-US')} rows`);
  });
  return points.end();
}

/** The outages of a file. @throws {RecordingError} */
export async function readOutagesFile(file: string): Promise<Outage[]> {
  const rows: CsvRow[] = [];
  await readCsv(file, (row) => void rows.push(row));
  return readOutages(file, rows);
}

function readJson(file: string): unknown {
  let text: string;
  try {
    text = readText(file);
  } catch (error) {
    throw new UserError(`${file} cannot be read: ${(error as Error).message}`);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UserError(`${file} is not JSON: ${(error as Error).message}`);
  }
}

async function fromHistory(
  document: MonitoringDocument,
  { alarm, target }: { alarm: Alarm; target: string },
  options: RecordingOptions,
  progress: Progress,
): Promise<Recorded & { source: string }> {
  const metric = alarm.metric.name;
  const origin = metricOf(document, metric).source;
  if (!('check' in origin))
    throw new UserError(
      `No check measures ${metric}, so the history has no values of it. Specify a recording: --csv, --prometheus, --metric-data or --live.`,
    );
  const store = await openStoreAt(options);
  try {
    const until = Date.now();
    const points = new RecordingBuilder();
    for await (const run of store.history.runsBetween(origin.check, target, until - options.days * dayMs, until)) {
      const value = run.measurements[metric];
      if (value !== undefined) points.add(run.startedAt, value);
      if (points.length % 5000 === 0) progress.at(`History: ${points.length.toLocaleString('en-US')} runs`);
    }
    if (points.length === 0)
      throw new UserError(
        `The history has no ${metric} of ${target} in the last ${options.days} days. Read more days with --days, or specify a recording: --csv, --prometheus, --metric-data or --live.`,
      );
    return { recording: points.build(), warnings: [], until, source: `history of the last ${options.days} days` };
  } finally {
    await store.close();
  }
}

async function fromCloudwatch(
  alarm: Alarm,
  options: RecordingOptions,
  progress: Progress,
): Promise<Recorded & { source: string }> {
  const period = archivePeriod(options.days, alarm.periodSeconds);
  if ('mostDays' in period)
    throw new UserError(
      `CloudWatch retains datapoints of ${alarm.periodSeconds} s for ${formatDays(period.mostDays)}. Specify --days ${Math.max(1, Math.floor(period.mostDays))}, or use a recording with --csv.`,
    );
  if (options.profile) process.env['AWS_PROFILE'] = options.profile;
  if (options.region) process.env['AWS_REGION'] = options.region;
  const { CloudWatchClient } = await import('@aws-sdk/client-cloudwatch');
  const { CloudwatchMetricArchive } = await import('../../adapters/cloudwatch-metric-archive.ts');
  const client = new CloudWatchClient({});
  const until = Date.now();
  const points = new RecordingBuilder();
  const { namespace, name: metric, dimensions } = alarm.metric;
  const [statistic, from] = [alarm.statistic, until - options.days * dayMs];
  try {
    const query = { namespace, metric, dimensions, statistic, from, to: until, ...period };
    for await (const { at, value } of new CloudwatchMetricArchive(client).points(query)) {
      points.add(at, value);
      if (points.length % 5000 === 0) progress.at(`CloudWatch: ${points.length.toLocaleString('en-US')} points`);
    }
  } catch (error) {
    throw new UserError(`Cannot read from CloudWatch: ${(error as Error).message}. Check --profile and --region.`);
  } finally {
    client.destroy();
  }
  if (points.length === 0)
    throw new UserError(
      `CloudWatch has no ${metric} in ${namespace} with ${JSON.stringify(dimensions)} in the last ${options.days} days. Check --stage, --profile and --region.`,
    );
  const source = `CloudWatch, the last ${options.days} days`;
  const warnings = coarse(alarm, period.periodSeconds);
  return { recording: points.build(), warnings, until, isStatistic: true, source };
}

/** The warning for values that are statistics of short periods, not single values. */
const coarse = ({ statistic, periodSeconds }: Alarm, points: number): string[] =>
  periodSeconds > points && (statistic === 'Average' || statistic.startsWith('p'))
    ? [
        `each datapoint is the ${statistic} of ${periodSeconds / points} values of ${points} s, since CloudWatch gives no single values`,
      ]
    : [];

const formatDays = (days: number) => (days < 1 ? `${days * 24} hours` : `${days} days`);
