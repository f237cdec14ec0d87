import * as z from 'zod';
import { parseBody } from './parse-body.ts';

/** What a message is about, for tracing it through the logs. */
export interface Subject {
  /**
   * The correlation id of the log lines of one path: the incident of a notification, `<job>/<run id>` of a batch run, or the
   * alarm name of a transition, whose incident only the router knows. Undefined when the message is invalid.
   */
  readonly correlation?: string | undefined;
  /** The fields of the message that each log line has. Never the whole message, and no free text. */
  readonly fields: Readonly<Record<string, string>>;
}

// Each schema has only the fields that it reads, so that a message that its consumer rejects still has its incident or job.
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

/** Finds what a message is about. For an invalid message the result is empty; its consumer rejects it. */
export function subjectOf(body: string): Subject {
  const parsed = parseBody(subject, body);
  return parsed.ok ? parsed.content : { fields: {} };
}
