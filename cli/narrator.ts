import type { Alarm } from '../core/alarms/alarm.ts';
import { formatError } from '../core/causes.ts';
import { jobKind, type Run } from '../core/history/run.ts';
import { terminalLine } from '../core/terminal-text.ts';
import { formatDuration } from '../core/time/duration.ts';
import { inZone } from '../core/time/zone.ts';
import type { AlarmState } from '../events/alarm-transition.ts';
import type { Notification } from '../events/notification.ts';
import type { Receipt } from '../events/receipt.ts';
import type { Spectator } from '../laptop/world.ts';

/** One line of the story: when, which part of the pipeline, what. */
export interface Line {
  at: number;
  part: 'check' | 'run' | 'alarm' | 'incident' | 'sent' | 'shown' | 'delay' | 'operators' | 'fault' | 'world';
  mood: 'bad' | 'good' | 'plain';
  text: string;
}

/** How many failures of one target are told in a row before the story waits for a change. */
const failuresTold = 3;

/** How many failed attempts of one message are told before the story waits for how it ends. */
const delaysTold = 2;

/**
 * Tells what happens in the pipeline as a story that a person can follow: changes, not repetitions. Counts what it leaves
 * out, and says so when it is over.
 */
export class Narrator implements Spectator {
  readonly counts = { checks: 0, failedChecks: 0, alarms: 0, opened: 0, reminders: 0, resolved: 0, operators: 0 };
  readonly sent = new Map<string, number>();
  readonly #tell: (line: Line) => void;
  readonly #now: () => number;
  readonly #failing = new Map<string, number>();
  readonly #faults = new Map<string, { reason: string; times: number }>();
  readonly #told = new Map<string, Notification>();

  readonly #prints: boolean;

  /** @param options.prints messages are shown in the terminal and sent nowhere. @default false */
  constructor(now: () => number, tell: (line: Line) => void, options: { prints?: boolean } = {}) {
    this.#prints = options.prints ?? false;
    this.#now = now;
    this.#tell = tell;
  }

  run(run: Run): void {
    if (run.kind === jobKind) {
      const took = formatDuration((run.finishedAt - run.startedAt) / 1000);
      this.#say(
        'run',
        run.outcome === 'ok' ? 'good' : 'bad',
        `${mark(run.outcome === 'ok')} ${run.target} ${run.outcome === 'ok' ? `succeeded in ${took}` : `failed: ${run.error?.message}`}`,
      );
      return;
    }
    this.counts.checks += 1;
    const name = `${run.kind} ${run.target}`;
    const failures = this.#failing.get(name) ?? 0;
    if (run.outcome === 'ok') {
      this.#failing.delete(name);
      if (failures > 0)
        this.#say(
          'check',
          'good',
          `✓ ${name}: recovered after ${failures} failed ${failures === 1 ? 'check' : 'checks'}`,
        );
      return;
    }
    this.counts.failedChecks += 1;
    this.#failing.set(name, failures + 1);
    if (failures < failuresTold)
      this.#say(
        'check',
        'bad',
        `✗ ${name}: ${run.error?.class} (${run.error?.message})${failures + 1 === failuresTold ? ' …' : ''}`,
      );
  }

  /** Only what enters or leaves ALARM is told: the rest is silence becoming known and unknown. */
  transition(alarm: Alarm, from: AlarmState, to: AlarmState, convincing = true): void {
    if (from !== 'ALARM' && to !== 'ALARM') return;
    if (to === 'ALARM') this.counts.alarms += 1;
    const remark = convincing ? '' : '; the newest value still breaches';
    this.#say('alarm', to === 'ALARM' || !convincing ? 'bad' : 'good', `${from} → ${to}  ${alarm.name}${remark}`);
  }

  notification(notification: Notification): void {
    const { id, kind, tier, target, title, incident, channel } = notification;
    const isFirst = ![...this.#told.keys()].some((key) => key.startsWith(`${id} `));
    this.#told.set(`${id} ${channel}`, notification);
    if (!isFirst) return;
    if (kind === 'opened') this.counts.opened += 1;
    if (kind === 'reminder') this.counts.reminders += 1;
    if (kind === 'resolved') this.counts.resolved += 1;
    const lasted =
      notification.resolvedAt === undefined
        ? ''
        : ` after ${formatDuration((notification.resolvedAt - (notification.startedAt ?? notification.openedAt)) / 1000)}`;
    const mood = kind === 'resolved' || kind === 'news' ? 'good' : 'bad';
    this.#say('incident', mood, `${kind}${lasted}: ${target.name} - ${title}  [${tier}] ${incident}`);
  }

  receipt({ notification: id, channel, outcome, attempts, sequence }: Receipt): void {
    const notification = this.#told.get(`${id} ${channel}`);
    // After a restart the story begins anew, but the run before may have owed messages.
    const kind = notification?.kind ?? `notification ${sequence} of the last run`;
    if (outcome === 'superseded') {
      this.#say(this.#part, 'plain', `${channel}: ${kind} was left out, a later message was there first`);
      return;
    }
    this.sent.set(channel, (this.sent.get(channel) ?? 0) + 1);
    const tries = attempts > 1 ? ` at attempt ${attempts}` : '';
    this.#say(this.#part, 'plain', `${notification?.channelKind ?? 'message'} to ${channel}: ${kind}${tries}`);
  }

  setback(
    queue: string,
    message: { receives: number },
    verdict: { verdict: 'retry'; afterSeconds: number; reason: string } | { verdict: 'dead-letter'; reason: string },
  ): void {
    if (verdict.verdict === 'dead-letter') this.#say('fault', 'bad', `${queue} parked a message: ${verdict.reason}`);
    else if (message.receives <= delaysTold)
      this.#say(
        'delay',
        'bad',
        `${queue} tries again in ${formatDuration(verdict.afterSeconds)} (attempt ${message.receives}): ${verdict.reason}${message.receives === delaysTold ? ' …' : ''}`,
      );
  }

  operators(subject: string): void {
    this.counts.operators += 1;
    this.#say('operators', subject.startsWith('OK') ? 'good' : 'bad', subject);
  }

  failed(work: string, error: unknown): void {
    const reason = formatError(error);
    const before = this.#faults.get(work);
    const times = before?.reason === reason ? before.times + 1 : 1;
    this.#faults.set(work, { reason, times });
    if (times > failuresTold) return;
    const mark = times === failuresTold ? ' …' : '';
    this.#say('fault', 'bad', `${work} failed and runs again at its next turn: ${reason}${mark}`);
  }

  /** @param change what is deployed from here on, as a scenario writes it */
  deployed(change: string): void {
    this.#say('world', 'plain', `deploy ${change}`);
  }

  get #part(): 'sent' | 'shown' {
    return this.#prints ? 'shown' : 'sent';
  }

  #say(part: Line['part'], mood: Line['mood'], text: string): void {
    this.#tell({ at: this.#now(), part, mood, text: terminalLine(text) });
  }
}

const mark = (good: boolean) => (good ? '✓' : '✗');

/** A line as text: `02:13:00  alarm      OK → ALARM  …`. With `day`, the date stands first. */
export function sayLine({ at, part, text }: Line, timeZone: string, options: { day?: boolean } = {}): string {
  const moment = inZone(at, timeZone);
  return `${options.day ? moment : moment.slice(11)}  ${part.padEnd(9)}  ${text}`;
}
