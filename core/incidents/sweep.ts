import type { SweepTick } from '../../events/sweep-tick.ts';
import { dimensionsOf, type MetricSink } from '../metrics/metric.ts';
import { sweepCompleted } from '../metrics/pipeline-metrics.ts';
import { reconcile } from './reconcile.ts';
import { type DuePorts, sweepDue } from './sweep-due.ts';

export type SweepPorts = DuePorts & { metrics: MetricSink };

/** How often open incidents are compared with the actual states of the alarms. */
const reconcileEveryMinutes = 5;

/** Whether a sweep includes the comparison that is not made every minute. */
export const compares = (tick: SweepTick | undefined, now: number): boolean =>
  tick?.compare ?? Math.floor(now / 60_000) % reconcileEveryMinutes === 0;

/**
 * One sweep, to be run every minute: publishes the entries that remain in outboxes, sends due reminders and notices, and
 * every five minutes finds lost signals. It publishes its heartbeat last. A group that fails does not stop the others; the
 * sweep fails at the end.
 */
export const sweep = (ports: SweepPorts) => (tick?: SweepTick) => sweepOnce(ports, tick);

async function sweepOnce(ports: SweepPorts, tick: SweepTick | undefined): Promise<void> {
  const { clock, groups, metrics } = ports;
  const startedAt = clock.now();
  const failures: unknown[] = [];
  const attempt = async (work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      failures.push(error);
    }
  };

  for (const group of await groups.due(startedAt)) await attempt(() => sweepDue(ports, group));
  if (compares(tick, startedAt)) await attempt(() => reconcile(ports));
  if (failures.length > 0)
    throw new AggregateError(failures, `the sweep failed for ${failures.length} of its tasks; it retries in a minute`);

  await metrics.publish([
    {
      metric: sweepCompleted.name,
      unit: sweepCompleted.unit,
      dimensions: dimensionsOf('check', 'sweep'),
      at: startedAt - (startedAt % 60_000),
      value: 1,
    },
  ]);
}
