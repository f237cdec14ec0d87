import { datapointsOf } from '../../events/alarm-transition.ts';
import { applySignal } from './apply-signal.ts';
import { memberOf } from './group.ts';
import type { AlarmStates } from './ports.ts';
import { type RouterPorts, routeSignal } from './route.ts';
import type { AlarmSignal } from './signal.ts';
import { findWatchedRule } from './watched-rule.ts';

/**
 * Compares the open incidents with the actual states of the alarms, and applies lost signals: state transitions, and the
 * removal of an alarm by a deployment.
 */
export async function reconcile(ports: RouterPorts & { alarmStates: AlarmStates }): Promise<void> {
  const { document, groups } = ports;
  const real = await ports.alarmStates.all();
  const knownOpen = new Set<string>();

  for await (const group of groups.open()) {
    knownOpen.add(group.key);
    const watched = findWatchedRule(document, group.key);
    // An event rule has no alarm to compare with.
    if (watched?.rule.type === 'event') continue;
    const alarm = watched?.alarm ?? group.key;
    const state = real.get(alarm);
    if (!state) await applySignal(ports, group.key, { type: 'rule-removed' }, {});
    else if (state.state !== memberOf(group)?.state) await routeSignal(ports, signalOf(alarm, state));
  }
  for (const [alarm, state] of real) {
    const key = findWatchedRule(document, alarm)?.key;
    if (state.state === 'ALARM' && key && !knownOpen.has(key)) await routeSignal(ports, signalOf(alarm, state));
  }
}

type RealState = Awaited<ReturnType<AlarmStates['all']>> extends ReadonlyMap<string, infer State> ? State : never;

/** The signal that an alarm should have sent when it changed to its current state. */
function signalOf(alarm: string, { state, changedAt, reason }: RealState): AlarmSignal {
  const datapoints = datapointsOf(reason);
  const value = datapoints[0]?.value;
  const transition = { alarm, arn: undefined, state, previous: undefined, reason, changedAt, value, datapoints };
  return { type: 'alarm', transition };
}
