import * as z from 'zod';

/** The states of a CloudWatch alarm. */
export const alarmStates = ['OK', 'ALARM', 'INSUFFICIENT_DATA'] as const;
export type AlarmState = (typeof alarmStates)[number];

/**
 * The message from EVALUATE to DECIDE: what CloudWatch publishes to SNS when an alarm changes its state. Unknown keys
 * pass, since AWS adds some without notice; `StateChangeTime` carries `+0000`, which is not quite ISO 8601.
 */
export const alarmTransition = z
  .object({
    AlarmName: z.string().min(1),
    AlarmArn: z.string().optional(),
    NewStateValue: z.enum(alarmStates),
    OldStateValue: z.enum(alarmStates).optional(),
    NewStateReason: z.string().default(''),
    StateChangeTime: z.string().refine((text) => !Number.isNaN(Date.parse(text)), 'is not a time'),
  })
  .transform((m) => ({
    alarm: m.AlarmName,
    arn: m.AlarmArn,
    state: m.NewStateValue,
    previous: m.OldStateValue,
    reason: m.NewStateReason,
    changedAt: Date.parse(m.StateChangeTime),
    value: newestDatapoint(m.NewStateReason),
  }));

export type AlarmTransition = z.output<typeof alarmTransition>;

/** The wire form of a transition, for those who play CloudWatch (the laptop, the simulator, tests). */
export type AlarmTransitionMessage = z.input<typeof alarmTransition>;

/** CloudWatch states the datapoints only in the text of the reason: `… datapoints [0.0 (21/11/26 02:12:00), …] was less than …`. */
function newestDatapoint(reason: string): number | undefined {
  const match = /datapoints? \[(-?[\d.]+(?:e[+-]?\d+)?) \(/i.exec(reason);
  return match ? Number(match[1]) : undefined;
}
