import type { MonitoringDocument, Target } from '../config/document.ts';
import { shardOf } from '../stable-hash.ts';

/** One invocation's worth of targets: those of one check at one interval, split when they are many. */
export interface Schedule {
  /** `health-60s-0`: names the schedule, its `CheckCompleted` series and its alarm. */
  id: string;
  check: string;
  everySeconds: number;
  shard: number;
  shards: number;
}

/** How many targets one invocation takes. With 20 at a time and 5 s each, 200 fit into 50 s at the worst. */
export const targetsPerShard = 200;

/** Every schedule that a document needs. */
export function schedulesOf(document: Pick<MonitoringDocument, 'targets'>): Schedule[] {
  const counts = new Map<string, { check: string; everySeconds: number; targets: number }>();
  for (const { check, every } of document.targets.flatMap((target) => target.checks)) {
    const key = `${check}-${every}s`;
    counts.set(key, { check, everySeconds: every, targets: (counts.get(key)?.targets ?? 0) + 1 });
  }
  return [...counts].flatMap(([key, { check, everySeconds, targets }]) => {
    const shards = Math.ceil(targets / targetsPerShard);
    return Array.from({ length: shards }, (_, shard) => ({
      id: `${key}-${shard}`,
      check,
      everySeconds,
      shard,
      shards,
    }));
  });
}

/** The schedule that a tick belongs to. */
export const scheduleOf = (
  document: Pick<MonitoringDocument, 'targets'>,
  tick: { check: string; everySeconds: number; shard: number },
): Schedule | undefined =>
  schedulesOf(document).find(
    (s) => s.check === tick.check && s.everySeconds === tick.everySeconds && s.shard === tick.shard,
  );

/** The targets of a schedule: a stable hash of the name decides the shard, so that a new target moves no other. */
export const targetsOf = (document: Pick<MonitoringDocument, 'targets'>, schedule: Schedule): Target[] =>
  document.targets.filter(
    (target) =>
      target.checks.some((c) => c.check === schedule.check && c.every === schedule.everySeconds) &&
      shardOf(target.name, schedule.shards) === schedule.shard,
  );
