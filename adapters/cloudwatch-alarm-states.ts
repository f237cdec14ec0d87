import { type CloudWatchClient, paginateDescribeAlarms } from '@aws-sdk/client-cloudwatch';
import type { Alarm } from '../core/alarms/alarm.ts';
import type { Datapoint } from '../core/alarms/datapoint.ts';
import { evaluationRange } from '../core/alarms/evaluate.ts';
import type { AlarmStates } from '../core/incidents/ports.ts';
import { CloudwatchMetricArchive } from './cloudwatch-metric-archive.ts';

type States = Awaited<ReturnType<AlarmStates['all']>>;

/** The current states of a deployment's alarms, found by the prefix of their names. */
export class CloudwatchAlarmStates implements AlarmStates {
  readonly #client: CloudWatchClient;
  readonly #prefix: string;

  constructor(client: CloudWatchClient, deployment: { name: string; stage: string }) {
    this.#client = client;
    this.#prefix = `${deployment.name}/${deployment.stage}/`;
  }

  async all(): Promise<States> {
    const states = new Map<
      string,
      { state: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA'; changedAt: number; reason: string }
    >();
    const pages = paginateDescribeAlarms(
      { client: this.#client },
      { AlarmNamePrefix: this.#prefix, AlarmTypes: ['MetricAlarm'] },
    );
    for await (const page of pages) {
      for (const alarm of page.MetricAlarms ?? []) {
        // "Updated" changes with every new reason; only "transitioned" is the time of the state transition.
        const changed = alarm.StateTransitionedTimestamp ?? alarm.StateUpdatedTimestamp;
        if (!alarm.AlarmName || !alarm.StateValue || !changed) {
          throw new Error(`CloudWatch described an alarm without name, state or time: ${JSON.stringify(alarm)}`);
        }
        states.set(alarm.AlarmName, {
          state: alarm.StateValue,
          changedAt: changed.getTime(),
          reason: alarm.StateReason ?? '',
        });
      }
    }
    return states;
  }

  async datapoints(alarm: Alarm, now: number): Promise<Datapoint[]> {
    const periodMs = alarm.periodSeconds * 1000;
    const count = evaluationRange(alarm);
    // The current period is omitted: its sum or count is not complete yet.
    const to = Math.floor(now / periodMs) * periodMs;
    const from = to - count * periodMs;
    const range: Datapoint[] = Array.from({ length: count }, () => undefined);
    const points = new CloudwatchMetricArchive(this.#client).points({
      namespace: alarm.metric.namespace,
      metric: alarm.metric.name,
      dimensions: alarm.metric.dimensions,
      statistic: alarm.statistic,
      periodSeconds: alarm.periodSeconds,
      from,
      to,
    });
    for await (const { at, value } of points) range[Math.floor((at - from) / periodMs)] = value;
    return range.slice(0, count);
  }
}
