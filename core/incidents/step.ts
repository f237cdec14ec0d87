import type { Group } from './group.ts';
import { type Signal, unhandled } from './signal.ts';
import { stepAlarm } from './step-alarm.ts';
import type { StepContext } from './step-context.ts';
import { stepRuleRemoved } from './step-rule-removed.ts';
import { stepRun } from './step-run.ts';
import { stepRecovery, stepTime } from './step-time.ts';

/**
 * The state machine of incidents: applies a signal to a group. Pure. All other changes of a group are technical: the outbox
 * is emptied (publish-outbox.ts), and each write increments the version and computes the next due time (update-group.ts).
 * @returns the same object when nothing changes, so that nothing is written
 */
export function step(group: Group, signal: Signal, context: StepContext): Group {
  switch (signal.type) {
    case 'alarm':
      return stepAlarm(group, signal, context);
    case 'batch-run':
      return stepRun(group, signal, context);
    case 'rule-removed':
      return stepRuleRemoved(group, context);
    case 'recovery':
      return stepRecovery(group, signal, context);
    case 'time':
      return stepTime(group, context);
    default:
      return unhandled(signal);
  }
}
