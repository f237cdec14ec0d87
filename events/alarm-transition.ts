import * as z from 'zod';
import { nonEmptyText, optionalText } from './fields.ts';

/** The states of a CloudWatch alarm. */
export const alarmStates = ['OK', 'ALARM', 'INSUFFICIENT_DATA'] as const;
export type AlarmState = (typeof alarmStates)[number];

/**
 * The message from EVALUATE to DECIDE: CloudWatch publishes it to SNS when an alarm changes its state. Unknown keys are
 * ignored, because AWS adds keys without notice. `StateChangeTime` ends with `+0000`, which is not valid ISO 8601.
 */
export const alarmTransition = z
  .object({
    AlarmName: nonEmptyText,
    AlarmArn: optionalText,
    NewStateValue: z.enum(alarmStates),
    OldStateValue: z.enum(alarmStates).optional(),
    NewStateReason: z.string().default(''),
    StateChangeTime: z.string().refine((text) => !Number.isNaN(Date.parse(text)), 'is not a time'),
  })
  .transform((m) => {
    const datapoints = datapointsOf(m.NewStateReason);
    return {
      alarm: m.AlarmName,
      arn: m.AlarmArn,
      state: m.NewStateValue,
      previous: m.OldStateValue,
      reason: m.NewStateReason,
      changedAt: Date.parse(m.StateChangeTime),
      value: datapoints[0]?.value,
      datapoints,
    };
  });

export type AlarmTransition = z.output<typeof alarmTransition>;

/** The wire format of a transition, for the laptop, the simulator and tests, which replace CloudWatch. */
export type AlarmTransitionMessage = z.input<typeof alarmTransition>;

/** A datapoint that caused a transition. */
export interface ReasonDatapoint {
  value: number;
  /** The start of its period, in epoch milliseconds. */
  at: number;
}

const listed = /datapoints? \[([^\]]*)\]/;
const oneDatapoint = /(-?[\d.]+(?:e[+-]?\d+)?) \((\d\d)\/(\d\d)\/(\d\d) (\d\d:\d\d:\d\d)\)/gi;

/**
 * The datapoints of a transition, newest first. CloudWatch includes them only in the text of the reason:
 * `… datapoints [0.0 (21/11/26 02:12:00), …] was less than …`, in UTC.
 */
export function datapointsOf(reason: string): ReasonDatapoint[] {
  const list = listed.exec(reason)?.[1] ?? '';
  return [...list.matchAll(oneDatapoint)].map(([, value, day, month, year, time]) => ({
    value: Number(value),
    at: Date.parse(`20${year}-${month}-${day}T${time}Z`),
  }));
}
