import type { Room } from '../../core/checks/observe.ts';
import type { MonitoringDocument } from '../../core/definition/document.ts';

/** How a service behaves for some time. */
export type ServiceMode = 'down' | 'without its model' | 'answering errors' | 'hanging' | { answersInSeconds: number };

/** How a provider behaves for some time: it responds with a status, or not at all. */
export type ProviderMode = { status: number } | 'down';

interface Period<Mode> {
  of: string;
  from: number;
  to: number;
  mode: Mode;
}

/** The systems outside the pipeline in a simulation. Everything works unless the scenario says otherwise. Only the stand-ins read it. */
export class Outside {
  readonly services: Period<ServiceMode>[] = [];
  readonly providers: Period<ProviderMode>[] = [];
  /** Schedules that do not run, by check. */
  readonly stopped: Period<true>[] = [];
  /** Signals of an alarm that arrive late, by the alarm's short name `target/rule` and state. */
  readonly late: { alarm: string; state: string; seconds: number }[] = [];
  /** Weekdays on which a job fails or does not run, 0 is Sunday; `undefined` means every day. */
  readonly jobs: { job: string; how: 'fails' | 'does not run'; days: readonly number[] | undefined }[] = [];
  /** Changes of volumes, in order: the free space, or the rate at which they fill. */
  readonly volumes: { volume: string; at: number; free?: number; gigabytesPerHour?: number }[] = [];
  /** Deployments of another document. */
  readonly deploys: { at: number; what: string; change: (document: MonitoringDocument) => MonitoringDocument }[] = [];

  service = (name: string, now: number): ServiceMode | undefined => modeOf(this.services, name, now);
  provider = (kind: string, now: number): ProviderMode | undefined => modeOf(this.providers, kind, now);
  isStopped = (check: string, now: number): boolean => modeOf(this.stopped, check, now) ?? false;

  /** The space on a volume of 100 GB that starts with 40 GB free. */
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

const modeOf = <Mode>(spells: readonly Period<Mode>[], of: string, now: number): Mode | undefined =>
  spells.findLast((spell) => spell.of === of && spell.from <= now && now < spell.to)?.mode;
