import * as z from 'zod';
import { parseBody } from './parse-body.ts';

/** What a message is about, for whoever follows it through the logs. */
export interface Subject {
  /**
   * Ties the lines of one path together: the incident of a notification, `<job>/<run id>` of a batch run, and the alarm's
   * name of a transition, whose incident only the router knows. Undefined when the message cannot be read.
   */
  readonly correlation?: string | undefined;
  /** What of it stands in each line. Never the whole message, and nothing of what people wrote. */
  readonly fields: Readonly<Record<string, string>>;
}

// Each names only what it reads, so that a message that its consumer refuses is still found under its incident or job.
const word = z.string().transform((text) => text.slice(0, 300));
const reported = z.object({ job: word, runId: word, outcome: word });

const aboutRun = (run: z.output<typeof reported>): Subject => ({
  correlation: `${run.job}/${run.runId}`,
  fields: { job: run.job, run: run.runId, outcome: run.outcome },
});

const subject = z.union([
  z
    .object({ id: word, incident: word, channel: word, kind: word })
    .transform(({ id, incident, channel, kind }): Subject => {
      return { correlation: incident, fields: { incident, notification: id, channel, kind } };
    }),
  z
    .object({ AlarmName: word, NewStateValue: word, StateChangeTime: word.optional() })
    .transform(({ AlarmName: alarm, NewStateValue: state, StateChangeTime: changedAt }): Subject => {
      return { correlation: alarm, fields: { alarm, state, ...(changedAt && { changedAt }) } };
    }),
  z.object({ type: z.literal('batch-run'), run: reported }).transform(({ run }) => aboutRun(run)),
  z.object({ 'detail-type': z.string(), detail: reported }).transform(({ detail }) => aboutRun(detail)),
]);

/** Finds what a message is about. What cannot be read is about nothing; to refuse it is its consumer's affair. */
export function subjectOf(body: string): Subject {
  const parsed = parseBody(subject, body);
  return parsed.ok ? parsed.content : { fields: {} };
}
