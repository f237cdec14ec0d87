import type { RunSignal } from '../../events/run-signal.ts';
import type { MonitoringDocument } from '../definition/document.ts';
import type { ExecutionHistory } from '../history/execution-history.ts';
import { type Consumer, done } from '../queues/message.ts';
import { applySignal } from './apply-signal.ts';
import { alarmCircumstances, runCircumstances } from './circumstances.ts';
import { evidenceOf } from './evidence.ts';
import { inhibitedBy } from './inhibition.ts';
import type { OutboxPorts } from './publish-outbox.ts';
import { type AlarmSignal, parseSignal, type ReceivedSignal, unhandled } from './signal.ts';
import { findWatchedRule, watchedRules } from './watched-rule.ts';

export interface RouterPorts extends OutboxPorts {
  document: MonitoringDocument;
  /** The execution history, used to find the causes of alerts. */
  history: Pick<ExecutionHistory, 'newestRuns'>;
}

/**
 * The alert router: a consumer of signals. Each signal leads to at most one conditional write of each group that it
 * applies to. Failures throw, so that the message is received again.
 */
export const route =
  (ports: RouterPorts): Consumer =>
  async ({ body }) => {
    const signal = parseSignal(body);
    if (!signal.ok) return { verdict: 'dead-letter', errorClass: 'unreadable-signal', reason: signal.reason };
    await routeSignal(ports, signal.content);
    return done;
  };

/** Applies a signal, from the queue or from the sweep, to its groups. */
export function routeSignal(ports: RouterPorts, signal: ReceivedSignal): Promise<void> {
  switch (signal.type) {
    case 'alarm':
      return routeAlarm(ports, signal);
    case 'batch-run':
      return routeRun(ports, signal);
    default:
      return unhandled(signal);
  }
}

async function routeAlarm(ports: RouterPorts, signal: AlarmSignal): Promise<void> {
  const { document, groups, history } = ports;
  const { alarm, state } = signal.transition;
  if (isOperatorsAlarm(document, alarm)) return applySignal(ports, alarm, signal, {});
  const watched = findWatchedRule(document, alarm);
  const inhibitor = watched && state === 'ALARM' ? await inhibitedBy(document, groups, watched) : undefined;
  const evidence = state === 'INSUFFICIENT_DATA' ? {} : await evidenceOf(document, history, watched);
  await applySignal(ports, watched?.key ?? alarm, signal, {
    ...alarmCircumstances(document, watched, signal.transition, evidence),
    inhibitedBy: inhibitor,
  });
}

/** A recorded batch run applies to every event rule of its job. */
async function routeRun(ports: RouterPorts, signal: RunSignal): Promise<void> {
  const { document } = ports;
  for (const watched of watchedRules(document)) {
    const { rule, target, key } = watched;
    if (rule.type !== 'event' || target.kind !== 'batch' || target.name !== signal.run.job) continue;
    await applySignal(ports, key, signal, runCircumstances(document, watched, signal.run));
  }
}

/** Whether an alarm is on a check or on the pipeline itself: operators are notified of these directly, not through the router. */
const isOperatorsAlarm = ({ name, stage }: MonitoringDocument, alarm: string) =>
  ['check', 'pipeline'].some((kind) => alarm.startsWith(`${name}/${stage}/${kind}/`));
