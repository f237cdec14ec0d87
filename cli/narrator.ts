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

/** One line of the output: time, part of the pipeline, event. */
export interface Line {
  at: number;
  part: 'check' | 'run' | 'alarm' | 'incident' | 'sent' | 'shown' | 'delay' | 'operators' | 'fault' | 'world';
  tone: 'bad' | 'good' | 'plain';
  text: string;
}

/** The maximum number of consecutive failures of one target that are printed. */
const maxFailures = 3;

/** The maximum number of failed delivery attempts of one message that are printed. */
const maxDelays = 2;

/**
 * Formats the events of a pipeline as lines. It prints changes, not repetitions, and counts all events for the totals.
 */
export class Narrator implements Spectator {
  readonly counts = { checks: 0, failedChecks: 0, alarms: 0, opened: 0, reminders: 0, resolved: 0, operators: 0 };
  readonly sent = new Map<string, number>();
  readonly #write: (line: Line) => void;
  readonly #now: () => number;
  readonly #failing = new Map<string, number>();
  readonly #faults = new Map<string, { reason: string; times: number }>();
  readonly #notified = new Map<string, Notification>();

  readonly #prints: boolean;

  /** @param options.prints messages are printed in the terminal instead of sent. @default false */
  constructor(now: () => number, write: (line: Line) => void, options: { prints?: boolean } = {}) {
    this.#prints = options.prints ?? false;
    this.#now = now;
    this.#write = write;
  }

  run(run: Run): void {
    if (run.kind === jobKind) {
      const took = formatDuration((run.finishedAt - run.startedAt) / 1000);
      this.#print(
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
        this.#print(
          'check',
          'good',
          `✓ ${name}: recovered after ${failures} failed ${failures === 1 ? 'check' : 'checks'}`,
        );
      return;
    }
    this.counts.failedChecks += 1;
    this.#failing.set(name, failures + 1);
    if (failures < maxFailures)
      this.#print(
        'check',
        'bad',
        `✗ ${name}: ${run.error?.class} (${run.error?.message})${failures + 1 === maxFailures ? ' …' : ''}`,
      );
  }

  /** Prints only transitions to or from ALARM; the others are about missing data. */
  transition(alarm: Alarm, from: AlarmState, to: AlarmState, convincing = true): void {
    if (from !== 'ALARM' && to !== 'ALARM') return;
    if (to === 'ALARM') this.counts.alarms += 1;
    const remark = convincing ? '' : '; the newest value still breaches';
    this.#print('alarm', to === 'ALARM' || !convincing ? 'bad' : 'good', `${from} → ${to}  ${alarm.name}${remark}`);
  }

  notification(notification: Notification): void {
    const { id, kind, tier, target, title, incident, channel } = notification;
    const isFirst = ![...this.#notified.keys()].some((key) => key.startsWith(`${id} `));
    this.#notified.set(`${id} ${channel}`, notification);
    if (!isFirst) return;
    if (kind === 'opened') this.counts.opened += 1;
    if (kind === 'reminder') this.counts.reminders += 1;
    if (kind === 'resolved') this.counts.resolved += 1;
    const lasted =
      notification.resolvedAt === undefined
        ? ''
        : ` after ${formatDuration((notification.resolvedAt - (notification.startedAt ?? notification.openedAt)) / 1000)}`;
    const tone = kind === 'resolved' || kind === 'news' ? 'good' : 'bad';
    this.#print('incident', tone, `${kind}${lasted}: ${target.name} - ${title}  [${tier}] ${incident}`);
  }

  receipt({ notification: id, channel, outcome, attempts, sequence }: Receipt): void {
    const notification = this.#notified.get(`${id} ${channel}`);
    // Messages of the previous run may be delivered after a restart.
    const kind = notification?.kind ?? `notification ${sequence} of the previous run`;
    if (outcome === 'superseded') {
      this.#print(
        this.#part,
        'plain',
        `${channel}: ${kind} was skipped, because a later message was already delivered`,
      );
      return;
    }
    this.sent.set(channel, (this.sent.get(channel) ?? 0) + 1);
    const tries = attempts > 1 ? ` at attempt ${attempts}` : '';
    this.#print(this.#part, 'plain', `${notification?.channelKind ?? 'message'} to ${channel}: ${kind}${tries}`);
  }

  setback(
    queue: string,
    message: { receives: number },
    verdict: { verdict: 'retry'; afterSeconds: number; reason: string } | { verdict: 'dead-letter'; reason: string },
  ): void {
    if (verdict.verdict === 'dead-letter')
      this.#print('fault', 'bad', `${queue} moved a message to the dead letters: ${verdict.reason}`);
    else if (message.receives <= maxDelays)
      this.#print(
        'delay',
        'bad',
        `${queue} retries in ${formatDuration(verdict.afterSeconds)} (attempt ${message.receives}): ${verdict.reason}${message.receives === maxDelays ? ' …' : ''}`,
      );
  }

  operators(subject: string): void {
    this.counts.operators += 1;
    this.#print('operators', subject.startsWith('OK') ? 'good' : 'bad', subject);
  }

  failed(task: string, error: unknown): void {
    const reason = formatError(error);
    const before = this.#faults.get(task);
    const times = before?.reason === reason ? before.times + 1 : 1;
    this.#faults.set(task, { reason, times });
    if (times > maxFailures) return;
    const mark = times === maxFailures ? ' …' : '';
    this.#print('fault', 'bad', `${task} failed and is retried at the next run: ${reason}${mark}`);
  }

  /** @param change the deployed change, as the scenario describes it */
  deployed(change: string): void {
    this.#print('world', 'plain', `deploy ${change}`);
  }

  get #part(): 'sent' | 'shown' {
    return this.#prints ? 'shown' : 'sent';
  }

  #print(part: Line['part'], tone: Line['tone'], text: string): void {
    this.#write({ at: this.#now(), part, tone, text: terminalLine(text) });
  }
}

const mark = (good: boolean) => (good ? '✓' : '✗');

/** Formats a line as text: `02:13:00  alarm      OK → ALARM  …`. With `day`, the line begins with the date. */
export function formatLine({ at, part, text }: Line, timeZone: string, options: { day?: boolean } = {}): string {
  const moment = inZone(at, timeZone);
  return `${options.day ? moment : moment.slice(11)}  ${part.padEnd(9)}  ${text}`;
}
