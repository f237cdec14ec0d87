import { setTimeout as sleep } from 'node:timers/promises';
import type { BatchRun } from '../../events/batch-run.ts';
import type { DemoMode } from '../../laptop/demo/demo-traffic.ts';

/** A mail as it lies in an inbox. */
export interface MailSeen {
  subject: string;
  to: string[];
  text: string;
}

/** A message that was given up, with what its consumer wrote on it. */
export interface Parked {
  body: string;
  reason: string | undefined;
  errorClass: string | undefined;
}

/**
 * A place where the pipeline runs and a timeline can be played: what happens to it, and what can be seen of it. A world
 * knows nothing of expectations; the timeline has them.
 */
export interface World {
  readonly name: string;
  /** How long it may take until something that must happen is seen. Real time, where the world has no other. */
  readonly patienceMs: number;
  /** Whether an alarm looks at its own target's values only. */
  readonly tellsTargetsApart: boolean;
  /** Whether an alarm's message quotes the value that made it change, as CloudWatch's does. */
  readonly quotesValues: boolean;

  /** The monitored service behaves like this from now on. */
  service(mode: DemoMode): Promise<void>;
  /** The volume has so much room left from now on. */
  disk(room: { freeGigabytes: number; totalGigabytes: number }): Promise<void>;
  /** A batch job reports a run. */
  report(run: BatchRun): Promise<void>;
  /** A message that nobody can read arrives where alarms report. */
  poison(body: string): Promise<void>;

  /** The newest run of a check. */
  lastRun(check: string, target: string): Promise<{ outcome: string; error?: string | undefined } | undefined>;
  /** The newest value of a metric of the deployment. */
  metric(name: string, dimensions: Readonly<Record<string, string>>): Promise<number | undefined>;
  /** The state of an alarm: OK, ALARM or INSUFFICIENT_DATA. */
  alarm(name: string): Promise<string | undefined>;
  /** What Slack took: the text of each message, the oldest first. */
  slack(): Promise<string[]>;
  /** What the mail provider took, the oldest first. */
  mails(): Promise<MailSeen[]>;
  /** What lies in the dead-letter queue of the router. */
  parked(): Promise<Parked[]>;
  /** Runs the command line of this package against the world. */
  tocsin(...args: string[]): Promise<{ exitCode: number; output: string }>;
}

/**
 * Looks again and again until something is so, for at most the world's patience.
 * @throws {Error} that says what was waited for and what was seen last
 */
export async function eventually<T>(
  world: Pick<World, 'patienceMs'>,
  says: string,
  look: () => Promise<T>,
  holds: (seen: T) => unknown,
): Promise<T> {
  const until = Date.now() + world.patienceMs;
  for (;;) {
    const seen = await look();
    if (holds(seen)) return seen;
    if (Date.now() > until) {
      throw new Error(
        `Within ${world.patienceMs / 1000} s it was not so that ${says}. Seen last: ${JSON.stringify(seen)}`,
      );
    }
    await sleep(500);
  }
}
