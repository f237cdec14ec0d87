import * as z from 'zod';
import { type AlarmTransition, alarmTransition } from '../../events/alarm-transition.ts';
import { type RunSignal, runSignal } from '../../events/run-signal.ts';
import { type Parsed, parseBody } from '../queues/parse-body.ts';

/** An alarm changed its state. */
export interface AlarmSignal {
  type: 'alarm';
  transition: AlarmTransition;
}

/** The rule or its alarm no longer exists: it will send no more signals. */
export interface RuleRemovedSignal {
  type: 'rule-removed';
}

/** The values of an incident whose alarm became OK too early have stopped breaching. */
export interface RecoverySignal {
  type: 'recovery';
  /** When this was observed, epoch milliseconds. */
  at: number;
}

/** Time has passed: everything that is due is done now. */
export interface TimeSignal {
  type: 'time';
}

/** The signals that arrive in the router's queue. */
export type ReceivedSignal = AlarmSignal | RunSignal;

/** The signals that the sweep finds. */
export type SweepSignal = RuleRemovedSignal | RecoverySignal | TimeSignal;

/** Everything that can change a group. A new kind does not compile until `step` and the router handle it. */
export type Signal = ReceivedSignal | SweepSignal;

type Labelled = Exclude<ReceivedSignal, AlarmSignal>;

/** The schemas of the messages that have a `type`. The message of an alarm has none, because CloudWatch writes it. */
const labelled: { [Type in Labelled['type']]: z.ZodType<Extract<Labelled, { type: Type }>> } = {
  'batch-run': runSignal,
};

const label = z.looseObject({ type: z.unknown().optional() });

/** Parses a message of the router's queue as a signal. If it is not a signal, the result has the reason on one line. */
export function parseSignal(body: string): Parsed<ReceivedSignal> {
  const message = parseBody(label, body);
  if (!message.ok) return message;
  const schema = Object.entries(labelled).find(([type]) => type === message.content.type)?.[1];
  if (schema) return parseBody(schema, body);
  const transition = parseBody(alarmTransition, body);
  return transition.ok ? { ok: true, content: { type: 'alarm', transition: transition.content } } : transition;
}

/** Ends a `switch` over signals: a kind that none of its cases handles does not compile. */
export function unhandled(signal: never): never {
  throw new Error(`unhandled signal: ${JSON.stringify(signal)}`);
}
