import type { MonitoringDocument, Target } from '../definition/document.ts';
import type { CheckSettings } from '../definition/target-schemas.ts';
import { groupBy } from '../group-by.ts';
import { oncePer } from '../once-per.ts';
import { consistentShardOf } from '../stable-hash.ts';

/** The targets of one invocation: those of one check with one interval, split into shards if there are many. */
export interface Schedule {
  /** `health-60s-0`: the name of the schedule, of its `CheckCompleted` series and of its alarm. */
  id: string;
  check: CheckSettings['check'];
  everySeconds: number;
  shard: number;
  shards: number;
}

/**
 * The average number of targets per invocation; a shard varies by about 30. With 250 targets that all time out, the last
 * observation starts after 6 s (see `budget.ts`), which leaves a timeout of up to 43 s.
 */
export const targetsPerShard = 200;

type Targets = Pick<MonitoringDocument, 'targets'>;

/** A schedule with its targets. */
export interface Assignment {
  schedule: Schedule;
  targets: readonly Target[];
}

/** Every schedule of a document. */
export const schedulesOf = (document: Targets): readonly Schedule[] => indexOf(document).schedules;

/** The schedule that a tick belongs to. */
export const scheduleOf = (
  document: Targets,
  tick: { check: string; everySeconds: number; shard: number },
): Schedule | undefined => scheduleNamed(document, idOf(tick));

/** A schedule by its id. Undefined if the document has no such schedule. */
export const scheduleNamed = (document: Targets, id: string): Schedule | undefined => indexOf(document).byId.get(id);

/** The targets of a schedule. */
export const targetsOf = (document: Targets, schedule: Schedule): readonly Target[] =>
  assignmentIndexOf(document).byId.get(schedule.id) ?? [];

/** The schedule on which a check observes a target. Undefined if it does not observe it. */
export const scheduleFor = (document: Targets, target: Target, check: string): Schedule | undefined =>
  assignmentIndexOf(document)
    .byTarget.get(target)
    ?.find(({ schedule }) => schedule.check === check)?.schedule;

/** Each schedule with its targets. */
export const assignmentsOf = (document: Targets): readonly Assignment[] => assignmentIndexOf(document).all;

/** Computed once, because each tick and each alarm needs it. */
const indexOf = oncePer((document: Targets) => {
  const intervals = [...intervalsOf(document).values()].map((interval) => ({
    schedules: shardsOf(interval),
    targets: interval.targets,
  }));
  const schedules = intervals.flatMap((interval) => interval.schedules);
  return { intervals, schedules, byId: new Map(schedules.map((schedule) => [schedule.id, schedule])) };
});

/** Separate from the schedules, because a caller that only counts them needs no hash of each target. */
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
 * The targets of each schedule of one check with one interval. A consistent hash of the target's name selects the shard: a
 * new target moves no other target, and a new shard moves only the targets that it receives.
 */
function assigned({ schedules, targets }: { schedules: readonly Schedule[]; targets: readonly Target[] }) {
  const byShard = groupBy(targets, ({ name }) => consistentShardOf(name, schedules.length));
  return schedules.map((schedule): Assignment => ({ schedule, targets: byShard.get(schedule.shard) ?? [] }));
}

const idOf = ({ check, everySeconds, shard }: { check: string; everySeconds: number; shard: number }) =>
  `${check}-${everySeconds}s-${shard}`;

interface Interval {
  check: CheckSettings['check'];
  everySeconds: number;
  targets: Target[];
}

/** The targets of each check with each interval. */
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
