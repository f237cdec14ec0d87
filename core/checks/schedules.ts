import type { MonitoringDocument, Target } from '../config/document.ts';
import { consistentShardOf } from '../stable-hash.ts';

/** One invocation's worth of targets: those of one check at one interval, split when they are many. */
export interface Schedule {
  /** `health-60s-0`: names the schedule, its `CheckCompleted` series and its alarm. */
  id: string;
  check: string;
  everySeconds: number;
  shard: number;
  shards: number;
}

/**
 * How many targets one invocation takes on average; its share varies by some 30. Of 250 that all hang, the last look
 * begins after 6 s (see `budget.ts`), which leaves each of them a timeout of up to 43 s.
 */
export const targetsPerShard = 200;

type Targets = Pick<MonitoringDocument, 'targets'>;

/** Every schedule that a document needs. */
export const schedulesOf = (document: Targets): Schedule[] =>
  [...intervalsOf(document)].flatMap(([key, { check, everySeconds, targets }]) => {
    const shards = Math.ceil(targets.length / targetsPerShard);
    return Array.from({ length: shards }, (_, shard) => ({
      id: `${key}-${shard}`,
      check,
      everySeconds,
      shard,
      shards,
    }));
  });

/** The schedule that a tick belongs to. */
export const scheduleOf = (
  document: Targets,
  tick: { check: string; everySeconds: number; shard: number },
): Schedule | undefined =>
  schedulesOf(document).find(
    (s) => s.check === tick.check && s.everySeconds === tick.everySeconds && s.shard === tick.shard,
  );

/**
 * The targets of a schedule. A consistent hash of the name decides the shard: a new target moves no other, and a shard
 * more moves only those that it takes over.
 */
export const targetsOf = (document: Targets, schedule: Schedule): Target[] =>
  document.targets.filter(
    (target) =>
      target.checks.some((c) => c.check === schedule.check && c.every === schedule.everySeconds) &&
      consistentShardOf(target.name, schedule.shards) === schedule.shard,
  );

/** Each schedule with its targets, in one pass over the document. */
export function assignmentsOf(document: Targets): { schedule: Schedule; targets: Target[] }[] {
  const assigned = schedulesOf(document).map((schedule) => ({ schedule, targets: [] as Target[] }));
  const byId = new Map(assigned.map((one) => [one.schedule.id, one.targets]));
  for (const [key, { targets }] of intervalsOf(document)) {
    const shards = Math.ceil(targets.length / targetsPerShard);
    for (const target of targets) byId.get(`${key}-${consistentShardOf(target.name, shards)}`)!.push(target);
  }
  return assigned;
}

/** The targets of each check at each interval. */
function intervalsOf(document: Targets) {
  const intervals = new Map<string, { check: string; everySeconds: number; targets: Target[] }>();
  for (const target of document.targets) {
    for (const { check, every } of target.checks) {
      const key = `${check}-${every}s`;
      const known = intervals.get(key) ?? { check, everySeconds: every, targets: [] };
      known.targets.push(target);
      intervals.set(key, known);
    }
  }
  return intervals;
}
