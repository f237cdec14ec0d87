import type { CheckResult } from '../../events/check-result.ts';
import type { CheckTick } from '../../events/check-tick.ts';
import type { Target } from '../definition/document.ts';
import { clip, oneLine } from '../delivery/clean-text.ts';
import type { Clock } from '../time/clock.ts';
import type { CheckKind } from './check-kind.ts';
import { checkKindOf } from './checks.ts';
import type { Timer } from './invocation-timer.ts';
import type { Observation, Observe } from './observe.ts';
import { timeoutOf } from './timeout.ts';

/** The ports of an observation. */
export interface ObservePorts {
  observe: Observe;
  clock: Clock;
}

/**
 * How long after its own timeout an observation is abandoned, in milliseconds. Observations end by their own timeouts; this
 * is for one that does not. It leaves time for a second request after a secret was read again.
 */
const graceMs = 10_000;

/** Observes one target and always ends: with a result, with an error of Tocsin itself, or when the time is used up. */
export async function observeTarget(
  ports: ObservePorts,
  tick: CheckTick,
  target: Target,
  timer: Timer,
): Promise<CheckResult> {
  const startedAt = ports.clock.now();
  const settings = target.checks.find((c) => c.check === tick.check && c.every === tick.everySeconds)!;
  const observed = async () =>
    checked(await ports.observe(target, settings, tick.scheduledAt), checkKindOf(tick.check));
  const limitMs = timeoutOf(settings) * 1000 + graceMs;
  const abandoned = timer
    .after(startedAt + limitMs)
    .then(() => (ports.clock.now() >= startedAt + limitMs ? hung(limitMs) : outOfTime));
  const { error, ...observation } = timer.over
    ? outOfTime
    : await Promise.race([observed().catch(internalError), abandoned]);
  return {
    check: tick.check,
    target: { kind: target.kind, name: target.name },
    scheduledAt: tick.scheduledAt,
    startedAt,
    finishedAt: ports.clock.now(),
    ...observation,
    // Alerts include it: one line of limited length.
    ...(error && { error: { ...error, message: clip(oneLine(error.message), 500) } }),
  };
}

const incomplete = (error: { class: string; message: string }): Observation => ({
  outcome: 'incomplete',
  error,
  measurements: {},
  details: {},
});
const outOfTime = incomplete({
  class: 'out-of-time',
  message: 'the invocation ran out of time before this target responded',
});
const hung = (ms: number) =>
  incomplete({ class: 'hung', message: `the check of this target did not end within ${Math.round(ms / 1000)} s` });
const internalError = (error: unknown) => incomplete({ class: 'our-fault', message: messageOf(error) });

/** The message of a thrown value. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** CloudWatch rejects a whole batch for one invalid value, so an invalid observation is an error of Tocsin itself. */
function checked(observation: Observation, { name: check, metrics }: CheckKind): Observation {
  for (const [name, value] of Object.entries(observation.measurements)) {
    if (!metrics.some((metric) => metric.name === name))
      throw new Error(`${name} is not a metric of the ${check} check; declare it in the check's metrics`);
    if (!Number.isFinite(value)) throw new Error(`${name} is ${value}; omit a value that could not be measured`);
  }
  return observation;
}
