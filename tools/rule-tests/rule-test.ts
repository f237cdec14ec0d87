import * as z from 'zod';
import { renamedKey } from '../../core/definition/renamed-key.ts';
import { anyDuration, duration } from '../../core/time/duration.ts';
import { alarmStates } from '../../events/alarm-transition.ts';
import { notificationKinds } from '../../events/notification.ts';
import type { RunOutcome } from './play-event-rule.ts';
import { parseSeries, SeriesError } from './series.ts';

const series = z.string().transform((text, context) => {
  try {
    return parseSeries(text);
  } catch (error) {
    if (!(error instanceof SeriesError)) throw error;
    context.addIssue({ code: 'custom', message: error.message });
    return z.NEVER;
  }
});

const runs = z.string().transform((text, context) => {
  const words = text.trim().split(/\s+/);
  const wrong = words.find((word) => !['ok', 'failed', '_'].includes(word));
  if (wrong === undefined) return words as RunOutcome[];
  context.addIssue({ code: 'custom', message: `contains "${wrong}"; write ok, failed, or _ for no run` });
  return z.NEVER;
});

/** A notification that must have been sent. */
const message = z.strictObject({
  channel: z.string().min(1),
  kind: z.enum(notificationKinds),
  /** Text that the title or the description must contain. */
  contains: z.string().optional(),
  says: renamedKey('contains'),
});

/** What is expected at a point in time. `notified: []` expects that no notification was sent. */
const expectation = z.strictObject({
  /** The time since the start: `'7 minutes'`. */
  at: anyDuration,
  state: z.enum(alarmStates).optional(),
  /** All notifications since the previous expectation, in any order. */
  notified: z.array(message).optional(),
  told: renamedKey('notified'),
});

/** One test of one rule: the input series, and the expected states and notifications. */
const ruleTest = z.strictObject({
  /** What the test shows: `does not fire one datapoint short`. */
  name: z.string().min(1),
  /** `<target>/<rule id>`, as in the config. */
  rule: z
    .string()
    .regex(
      /^[^/]+\/[^/]+$/,
      'is not the name of a rule; write <target>/<rule id>, for example classifier/service-down',
    ),
  /** The time between two values. @default the interval of the file */
  interval: duration.optional(),
  /** The values of the rule's metric. */
  series: series.optional(),
  /** For a rule that ignores few samples: the number of samples of each value, in the same notation. @default enough */
  samples: series.optional(),
  /** For an event rule: the outcomes of the runs of the job, one per interval: `ok failed _ ok`. */
  runs: runs.optional(),
  expect: z.array(expectation).min(1, 'has no expectation'),
});

/** A file with rule tests. */
export const ruleTestFile = z.strictObject({
  /** The time between two values. @default one minute */
  interval: duration.prefault('1 minute'),
  tests: z.array(ruleTest).min(1, 'has no test'),
});

export type RuleTestFile = z.output<typeof ruleTestFile>;
export type RuleTest = z.output<typeof ruleTest>;
export type Expectation = z.output<typeof expectation>;
