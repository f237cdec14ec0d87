import {
  type CloudWatchClient,
  type Dimension,
  GetMetricDataCommand,
  type Metric,
  paginateListMetrics,
} from '@aws-sdk/client-cloudwatch';
import type { AgentDisks, Room } from '../core/checks/observe.ts';

/** The maximum age of a value: agents report every one to five minutes, and a report may be late. */
const lookBackMs = 15 * 60_000;

interface Source {
  instanceId: string;
  path: string;
  namespace: string;
}

/**
 * Disks as the CloudWatch agents of instances report them. Device, file system and other dimensions of the agent differ
 * between machines, so that the series is found by instance and path.
 */
export class CloudwatchAgentDisks implements AgentDisks {
  readonly #client: CloudWatchClient;

  constructor(client: CloudWatchClient) {
    this.#client = client;
  }

  async room(source: Source, now: number): Promise<Room> {
    const listed = await this.#metricsOf(source);
    const free = theOne('disk_free', listed, source);
    const total = theOne('disk_total', listed, source);
    const newest = await this.#newest(source, now, [free, total]);
    if (!newest) {
      const minutes = lookBackMs / 60_000;
      throw new Error(
        `the CloudWatch agent reported no values in the last ${minutes} minutes for ${formatSource(source)}; check that it is running`,
      );
    }
    return { freeBytes: newest[0]!, totalBytes: newest[1]! };
  }

  async #metricsOf({ instanceId, path, namespace }: Source): Promise<Metric[]> {
    const found: Metric[] = [];
    const pages = paginateListMetrics(
      { client: this.#client },
      {
        Namespace: namespace,
        Dimensions: [
          { Name: 'InstanceId', Value: instanceId },
          { Name: 'path', Value: path },
        ],
        // Without this, the series of a device that was replaced last week would match too.
        RecentlyActive: 'PT3H',
      },
    );
    for await (const page of pages) found.push(...(page.Metrics ?? []));
    return found;
  }

  /** The values of all metrics at the newest time at which each has one. */
  async #newest({ namespace }: Source, now: number, metrics: readonly Metric[]): Promise<number[] | undefined> {
    const { MetricDataResults = [] } = await this.#client.send(
      new GetMetricDataCommand({
        StartTime: new Date(now - lookBackMs),
        EndTime: new Date(now),
        ScanBy: 'TimestampDescending',
        MetricDataQueries: metrics.map(({ MetricName, Dimensions }, at) => ({
          Id: `m${at}`,
          MetricStat: { Metric: { Namespace: namespace, MetricName, Dimensions }, Period: 60, Stat: 'Minimum' },
        })),
      }),
    );
    const series = metrics.map((_, at) => {
      const { Timestamps = [], Values = [] } = MetricDataResults.find(({ Id }) => Id === `m${at}`) ?? {};
      return new Map(Timestamps.map((timestamp, i) => [timestamp.getTime(), Values[i]!]));
    });
    const common = [...(series[0]?.keys() ?? [])].filter((moment) => series.every((values) => values.has(moment)));
    return common.length === 0 ? undefined : series.map((values) => values.get(Math.max(...common))!);
  }
}

function theOne(name: string, listed: readonly Metric[], source: Source): Metric {
  const candidates = listed.filter(({ MetricName }) => MetricName === name);
  const [only] = candidates;
  if (only && candidates.length === 1) return only;
  if (only) {
    throw new Error(
      `${candidates.length} series of ${name} match ${formatSource(source)}: ${candidates.map(formatDimensions).join(' and ')}; ` +
        'configure the agent to report only one of them (aggregation_dimensions adds series)',
    );
  }
  const others = [...new Set(listed.map(({ MetricName }) => MetricName))].join(', ');
  throw new Error(
    `no series of ${name} matches ${formatSource(source)}; found: ${others || 'none'}. Configure the agent to measure it: ` +
      '"disk": { "measurement": ["free", "total"], "resources": ["*"] } with "append_dimensions": { "InstanceId": … }',
  );
}

const formatSource = ({ instanceId, path, namespace }: Source) =>
  `InstanceId=${instanceId}, path=${path} in ${namespace}`;
const formatDimensions = ({ Dimensions = [] }: Metric) => `{${Dimensions.map(formatDimension).join(', ')}}`;
const formatDimension = ({ Name, Value }: Dimension) => `${Name}=${Value}`;
