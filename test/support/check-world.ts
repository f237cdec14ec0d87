import { VirtualClock } from '../../adapters/virtual-clock.ts';
import type { Observation } from '../../core/checks/observe.ts';
import { type RunCheckPorts, runCheck } from '../../core/checks/run-check.ts';
import type { Target } from '../../core/definition/document.ts';
import type { Run } from '../../core/history/run.ts';
import type { Datum } from '../../core/metrics/metric.ts';
import type { Duration } from '../../core/time/duration.ts';
import { aDocument, servicesNamed } from './a-document.ts';

export const scheduledAt = Date.parse('2026-11-21T02:10:00Z');
/** The tick of services that are checked every minute. */
export const tick = { check: 'health', everySeconds: 60, shard: 0, scheduledAt };
export const up: Observation = { outcome: 'ok', measurements: { ServiceUp: 1 }, details: {} };
export const down: Observation = {
  outcome: 'failed',
  error: { class: 'refused', message: 'no' },
  measurements: { ServiceUp: 0 },
  details: {},
};

type Behaviour = (target: Target, clock: VirtualClock) => Promise<Observation>;

/** Services that answer as they are told, on a clock that the test owns; what was kept is stamped with seconds. */
export function checkWorld(
  names: string[],
  answer: Behaviour,
  { timeout, ...faults }: Partial<Pick<RunCheckPorts, 'history' | 'metrics'>> & { timeout?: Duration } = {},
) {
  const clock = new VirtualClock(scheduledAt);
  const seconds = () => (clock.now() - scheduledAt) / 1000;
  const runs: { run: Run; at: number }[] = [];
  const published: { datum: Datum; at: number }[] = [];
  const run = runCheck({
    document: aDocument({ services: servicesNamed(names, timeout && { timeout }) }),
    observe: (target) => answer(target, clock),
    history: { record: async (kept) => void runs.push({ run: kept, at: seconds() }) },
    metrics: { publish: async (data) => void published.push(...data.map((datum) => ({ datum, at: seconds() }))) },
    clock,
    ...faults,
  });
  return {
    invoke: (seconds = 55, minute = 0) =>
      clock.until(run({ ...tick, scheduledAt: scheduledAt + minute * 60_000 }, scheduledAt + seconds * 1000)),
    runs,
    published,
    clock,
    seconds,
    runOf: (name: string) => runs.find((kept) => kept.run.target === name),
    completed: () => published.filter(({ datum }) => datum.metric === 'CheckCompleted').length,
  };
}

/** Names of so many services. */
export const many = (count: number) => Array.from({ length: count }, (_, i) => `service-${i}`);
