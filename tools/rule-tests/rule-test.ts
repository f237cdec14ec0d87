import * as z from 'zod';
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
  context.addIssue({ code: 'custom', message: `has "${wrong}"; a run is ok, failed, or _ for none` });
  return z.NEVER;
});

/** What somebody must have been told at a moment. */
const message = z.strictObject({
  channel: z.string().min(1),
  kind: z.enum(notificationKinds),
  /** Words that title or description must hold. */
  says: z.string().optional(),
});

/** What must hold at a moment. Silence is an expectation, too: `told: []`. */
const expectation = z.strictObject({
  /** Since the start: `'7 minutes'`. */
  at: anyDuration,
  state: z.enum(alarmStates).optional(),
  /** All messages since the expectation before, in any order. */
  told: z.array(message).optional(),
});

/** One test of one rule: a series goes in, states and messages are expected. */
const ruleTest = z.strictObject({
  /** What is shown, in words: `does not fire one point short`. */
  name: z.string().min(1),
  /** `<target>/<rule id>`, as the config has it. */
  rule: z.string().regex(/^[^/]+\/[^/]+$/, 'is not a rule; write <target>/<rule id>, as in classifier/service-down'),
  /** The time between two values. @default as the file says */
  interval: duration.optional(),
  /** The values of the rule's metric. */
  series: series.optional(),
  /** For a rule that ignores few samples: how many each value stands for, in the same notation. @default enough */
  samples: series.optional(),
  /** For an event rule: how the job's runs end, one an interval: `ok failed _ ok`. */
  runs: runs.optional(),
  expect: z.array(expectation).min(1, 'expects nothing'),
});

/** A file of rule tests. */
export const ruleTestFile = z.strictObject({
  /** The time between two values. @default one minute */
  interval: duration.prefault('1 minute'),
  tests: z.array(ruleTest).min(1, 'has no test'),
});

export type RuleTestFile = z.output<typeof ruleTestFile>;
export type RuleTest = z.output<typeof ruleTest>;
export type Expectation = z.output<typeof expectation>;
