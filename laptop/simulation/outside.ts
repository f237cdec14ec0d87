import type { Room } from '../../core/checks/observe.ts';
import type { MonitoringDocument } from '../../core/definition/document.ts';

/** How a service behaves for a while. */
export type ServiceMood = 'down' | 'without its model' | 'answering errors' | 'hanging' | { answersInSeconds: number };

/** How a provider behaves for a while: it answers with a status, or not at all. */
export type ProviderMood = { status: number } | 'down';

interface Spell<Mood> {
  of: string;
  from: number;
  to: number;
  mood: Mood;
}

/** What the world outside does in a simulation: everything that is not said is well. Read by the stand-ins, never by the pipeline. */
export class Outside {
  readonly services: Spell<ServiceMood>[] = [];
  readonly providers: Spell<ProviderMood>[] = [];
  /** Schedules that do not run: our own failure. By check. */
  readonly stopped: Spell<true>[] = [];
  /** Signals of an alarm that arrive late, by the alarm's short name `target/rule` and state. */
  readonly late: { alarm: string; state: string; seconds: number }[] = [];
  /** Weekdays on which a job fails or does not run, 0 is Sunday; `undefined` means every day. */
  readonly jobs: { job: string; how: 'fails' | 'does not run'; days: readonly number[] | undefined }[] = [];
  /** What happens to volumes, in order: a size set, or a rate of filling. */
  readonly volumes: { volume: string; at: number; free?: number; gigabytesPerHour?: number }[] = [];
  /** Deploys of another document. */
  readonly deploys: { at: number; what: string; change: (document: MonitoringDocument) => MonitoringDocument }[] = [];

  service = (name: string, now: number): ServiceMood | undefined => moodOf(this.services, name, now);
  provider = (kind: string, now: number): ProviderMood | undefined => moodOf(this.providers, kind, now);
  isStopped = (check: string, now: number): boolean => moodOf(this.stopped, check, now) ?? false;

  /** Room on a volume of 100 GB that begins with 40 GB free. */
  room(volume: string, now: number): Room {
    let [free, since, rate] = [40, 0, 0];
    for (const event of this.volumes.filter((e) => e.volume === volume && e.at <= now)) {
      free = event.free ?? free - (rate * (event.at - since)) / 3_600_000;
      [since, rate] = [event.at, event.gigabytesPerHour ?? rate];
    }
    free -= (rate * (now - since)) / 3_600_000;
    return { freeBytes: Math.max(0, free) * 1024 ** 3, totalBytes: 100 * 1024 ** 3 };
  }
}

const moodOf = <Mood>(spells: readonly Spell<Mood>[], of: string, now: number): Mood | undefined =>
  spells.findLast((spell) => spell.of === of && spell.from <= now && now < spell.to)?.mood;
