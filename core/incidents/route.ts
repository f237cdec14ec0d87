import * as z from 'zod';
import { type AlarmTransition, alarmTransition } from '../../events/alarm-transition.ts';
import type { BatchRun } from '../../events/batch-run.ts';
import { type BatchRunRecorded, batchRunRecorded } from '../../events/batch-run-recorded.ts';
import type { MonitoringDocument } from '../definition/document.ts';
import type { ExecutionHistory } from '../history/execution-history.ts';
import { type Consumer, done } from '../queues/message.ts';
import { type Parsed, parseBody } from '../queues/parse-body.ts';
import { alarmBrief, runBrief, strangerBrief } from './brief.ts';
import { evidenceOf } from './evidence.ts';
import { inhibitedBy } from './inhibition.ts';
import { keepPromises, type PromiseKeepers } from './keep-promises.ts';
import { onAlarm, onOperatorsAlarm } from './on-alarm.ts';
import { onFailureRule, onNewsRule } from './on-run.ts';
import { updateGroup } from './update-group.ts';
import { findWatch, watchesOf } from './watch.ts';

export interface RouterPorts extends PromiseKeepers {
  document: MonitoringDocument;
  /** Where the causes of alerts are found. */
  history: Pick<ExecutionHistory, 'newestRuns'>;
}

/**
 * The alert router: a consumer of signals. Each signal becomes at most one conditional write of its group; what follows
 * from it is in the group's outbox by then, so a crash after the write loses nothing. Failures throw: the message comes
 * again.
 */
export const route =
  (ports: RouterPorts): Consumer =>
  async ({ body }) => {
    const signal = parseSignal(body);
    if (!signal.ok) return { verdict: 'dead-letter', errorClass: 'unreadable-signal', reason: signal.reason };
    if ('alarm' in signal.content) await routeTransition(ports, signal.content);
    else await routeRun(ports, signal.content.run);
    return done;
  };

/** A change of an alarm's state, from the queue or found by the sweep. */
export async function routeTransition(ports: RouterPorts, transition: AlarmTransition): Promise<void> {
  const { document, groups, clock } = ports;
  const watch = findWatch(document, transition.alarm);
  const key = watch?.key ?? transition.alarm;
  const inhibitor = watch && transition.state === 'ALARM' ? await inhibitedBy(document, groups, watch) : undefined;
  const evidence = transition.state === 'INSUFFICIENT_DATA' ? {} : await evidenceOf(document, ports.history, watch);
  const group = await updateGroup(groups, key, (before) => {
    if (isOperatorsAlarm(document, transition.alarm)) return onOperatorsAlarm(before, key, transition, clock.now());
    const { rule } = watch ?? {};
    const brief =
      watch && rule?.type === 'metric'
        ? alarmBrief(document, { ...watch, rule }, transition, evidence)
        : strangerBrief(document, transition);
    return onAlarm(before, key, transition, brief, clock.now(), inhibitor);
  });
  await keepPromises(ports, group);
}

/** A batch run that was recorded: every event rule of its job that waits for it. */
async function routeRun(ports: RouterPorts, run: BatchRun): Promise<void> {
  const { document, groups, clock } = ports;
  for (const watch of watchesOf(document)) {
    const { rule, target, key } = watch;
    if (rule.type !== 'event' || target.kind !== 'batch' || target.name !== run.job) continue;
    const decide = rule.event === 'batch-run-failed' ? onFailureRule : onNewsRule;
    const group = await updateGroup(groups, key, (before) =>
      decide(before, key, run, runBrief(document, watch, run), clock.now()),
    );
    await keepPromises(ports, group);
  }
}

/** The names of alarms on checks and on the pipeline itself: operators hear of them past the router. */
const isOperatorsAlarm = ({ name, stage }: MonitoringDocument, alarm: string) =>
  ['check', 'pipeline'].some((kind) => alarm.startsWith(`${name}/${stage}/${kind}/`));

/** A signal is news when it says so, and an alarm's change of state otherwise: CloudWatch puts no label on its own. */
function parseSignal(body: string): Parsed<AlarmTransition | BatchRunRecorded> {
  const label = parseBody(z.looseObject({ type: z.unknown().optional() }), body);
  if (!label.ok) return label;
  return label.content.type === 'batch-run' ? parseBody(batchRunRecorded, body) : parseBody(alarmTransition, body);
}
