import type { AlarmSignal } from '../../core/incidents/signal.ts';
import type { AlarmState } from '../../events/alarm-transition.ts';

/** An alarm changed its state at a moment. Its name is of no account to a group. */
export const alarmSignal = (state: AlarmState, changedAt: number, alarm = 'an-alarm'): AlarmSignal => ({
  type: 'alarm',
  transition: {
    alarm,
    arn: undefined,
    state,
    previous: undefined,
    reason: '',
    changedAt,
    value: undefined,
    datapoints: [],
  },
});
