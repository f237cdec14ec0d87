import type { MonitoringDocument, Target } from '../definition/document.ts';
import { groupBy } from '../group-by.ts';
import { oncePer } from '../once-per.ts';
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

/** A schedule with its targets. */
export interface Assignment {
  schedule: Schedule;
  targets: readonly Target[];
}

/** Every schedule that a document needs. */
export const schedulesOf = (document: Targets): readonly Schedule[] => indexOf(document).schedules;

/** The schedule that a tick belongs to. */
export const scheduleOf = (
  document: Targets,
  tick: { check: string; everySeconds: number; shard: number },
): Schedule | undefined => scheduleNamed(document, idOf(tick));

/** A schedule by its id; undefined where the document has none of it. */
export const scheduleNamed = (document: Targets, id: string): Schedule | undefined => indexOf(document).byId.get(id);

/** The targets of a schedule. */
export const targetsOf = (document: Targets, schedule: Schedule): readonly Target[] =>
  assignmentIndexOf(document).byId.get(schedule.id) ?? [];

/** The schedule on which a check looks at a target; undefined where it does not look at it. */
export const scheduleFor = (document: Targets, target: Target, check: string): Schedule | undefined =>
  assignmentIndexOf(document)
    .byTarget.get(target)
    ?.find(({ schedule }) => schedule.check === check)?.schedule;

/** Each schedule with its targets. */
export const assignmentsOf = (document: Targets): readonly Assignment[] => assignmentIndexOf(document).all;

/** Asked for each tick and each alarm. */
const indexOf = oncePer((document: Targets) => {
  const intervals = [...intervalsOf(document).values()].map((interval) => ({
    schedules: shardsOf(interval),
    targets: interval.targets,
  }));
  const schedules = intervals.flatMap((interval) => interval.schedules);
  return { intervals, schedules, byId: new Map(schedules.map((schedule) => [schedule.id, schedule])) };
});

/** Apart from the schedules, since whoever only counts them needs no hash of each target. */
const assignmentIndexOf = oncePer((document: Targets) => {
  const all = indexOf(document).intervals.flatMap(assigned);
  return {
    all,
    byId: new Map(all.map((assignment) => [assignment.schedule.id, assignment.targets])),
    byTarget: groupBy(
      all.flatMap(({ schedule, targets }) => targets.map((target) => ({ schedule, target }))),
      ({ target }) => target,
    ),
  };
});

function shardsOf({ check, everySeconds, targets }: Interval): Schedule[] {
  const shards = Math.ceil(targets.length / targetsPerShard);
  return Array.from({ length: shards }, (_, shard) => ({
    id: idOf({ check, everySeconds, shard }),
    check,
    everySeconds,
    shard,
    shards,
  }));
}

/**
 * The targets of each schedule of one check at one interval. A consistent hash of a target's name decides its shard: a new
 * target moves no other, and a shard more moves only those that it takes over.
 */
function assigned({ schedules, targets }: { schedules: readonly Schedule[]; targets: readonly Target[] }) {
  const byShard = groupBy(targets, ({ name }) => consistentShardOf(name, schedules.length));
  return schedules.map((schedule): Assignment => ({ schedule, targets: byShard.get(schedule.shard) ?? [] }));
}

const idOf = ({ check, everySeconds, shard }: Pick<Schedule, 'check' | 'everySeconds' | 'shard'>) =>
  `${check}-${everySeconds}s-${shard}`;

interface Interval {
  check: string;
  everySeconds: number;
  targets: Target[];
}

/** The targets of each check at each interval. */
function intervalsOf(document: Targets): Map<string, Interval> {
  const intervals = new Map<string, Interval>();
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
