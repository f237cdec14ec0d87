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

/** What a look needs. */
export interface LookPorts {
  observe: Observe;
  clock: Clock;
}

/**
 * How much longer than its own timeout a look may take before it is given up, in milliseconds. Looks end by their own
 * timeouts; this is for one that does not, and leaves time for asking again with a secret that was read anew.
 */
const graceMs = 10_000;

/** A look at one target that always ends: with what was seen, with our own fault, or with the end of the time. */
export async function look(ports: LookPorts, tick: CheckTick, target: Target, timer: Timer): Promise<CheckResult> {
  const startedAt = ports.clock.now();
  const settings = target.checks.find((c) => c.check === tick.check && c.every === tick.everySeconds)!;
  const observed = async () =>
    checked(await ports.observe(target, settings, tick.scheduledAt), checkKindOf(tick.check));
  const limitMs = timeoutOf(settings) * 1000 + graceMs;
  const givenUp = timer
    .after(startedAt + limitMs)
    .then(() => (ports.clock.now() >= startedAt + limitMs ? gaveNoResult(limitMs) : outOfTime));
  const { error, ...observation } = timer.over ? outOfTime : await Promise.race([observed().catch(ourFault), givenUp]);
  return {
    check: tick.check,
    target: { kind: target.kind, name: target.name },
    scheduledAt: tick.scheduledAt,
    startedAt,
    finishedAt: ports.clock.now(),
    ...observation,
    // Alerts repeat it: one line, of a length that a message has room for.
    ...(error && { error: { ...error, message: clip(oneLine(error.message), 500) } }),
  };
}

const notSeen = (error: { class: string; message: string }): Observation => ({
  outcome: 'incomplete',
  error,
  measurements: {},
  details: {},
});
const outOfTime = notSeen({
  class: 'out-of-time',
  message: 'the invocation ran out of time before this target answered',
});
const gaveNoResult = (ms: number) =>
  notSeen({ class: 'hung', message: `the look at this target did not end within ${Math.round(ms / 1000)} s` });
const ourFault = (error: unknown) => notSeen({ class: 'our-fault', message: messageOf(error) });

/** What an error says, whatever was thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** One value that CloudWatch refuses would take its whole batch along, so such an observation is our own fault. */
function checked(observation: Observation, { name: check, metrics }: CheckKind): Observation {
  for (const [name, value] of Object.entries(observation.measurements)) {
    if (!metrics.some((metric) => metric.name === name))
      throw new Error(`${name} is not a metric of the ${check} check; declare it in the check's metrics`);
    if (!Number.isFinite(value)) throw new Error(`${name} is ${value}; leave a value out that could not be measured`);
  }
  return observation;
}
