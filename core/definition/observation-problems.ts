import { lastStartSeconds, maxStarting, observingSeconds, startSlotSeconds } from '../checks/budget.ts';
import { pathProblem } from '../checks/health-url.ts';
import { isPointer } from '../checks/json-field.ts';
import { assignmentsOf } from '../checks/schedules.ts';
import type { Target } from './document.ts';
import type { Problem } from './problem.ts';
import type { CheckSettings } from './target-schemas.ts';

type PathOf = (target: Target, check: number, field: string) => string;

/** Problems with how checks observe targets: an ambiguous URL, or a timeout that is too long. */
export const observationProblems = (targets: readonly Target[], pathOf: PathOf): Problem[] => [
  ...targets.flatMap((target) =>
    target.checks.flatMap((settings, i) => {
      const report = (field: string, received: unknown, message: string): Problem => ({
        path: pathOf(target, i, field),
        received,
        message,
      });
      return [...urlProblems(target, settings, report), ...timeoutProblems(settings, report)];
    }),
  ),
  ...budgetProblems(targets, pathOf),
];

type Report = (field: string, received: unknown, message: string) => Problem;

function urlProblems(target: Target, settings: CheckSettings, report: Report): Problem[] {
  if (target.kind !== 'service' || settings.check !== 'health') return [];
  const problem = pathProblem(target.url, settings.path);
  return [
    ...(problem ? [report('path', settings.path, problem)] : []),
    ...Object.keys(settings.expect)
      .filter((name) => name.startsWith('/') && !isPointer(name))
      .map((name) => report('expect', name, 'is not a JSON Pointer; write ~ as ~0, and a / inside a name as ~1')),
  ];
}

function timeoutProblems(settings: CheckSettings, report: Report): Problem[] {
  if (!('timeout' in settings) || settings.timeout === undefined || settings.timeout <= settings.every) return [];
  const problem = `is longer than the ${settings.every} seconds of "every": the next check would start before this one ends. Use at most ${settings.every} seconds`;
  return [report('timeout', `${settings.timeout} seconds`, problem)];
}

/** The timeout must fit into an invocation even for the target that is checked last, while all the others time out. */
function budgetProblems(targets: readonly Target[], pathOf: PathOf): Problem[] {
  return assignmentsOf({ targets }).flatMap(({ schedule, targets: together }) => {
    const start = lastStartSeconds(together.length);
    const longest = Math.floor(observingSeconds - start);
    return together.flatMap((target): Problem[] => {
      const i = target.checks.findIndex((c) => c.check === schedule.check && c.every === schedule.everySeconds);
      const settings = target.checks[i]!;
      if (!('timeout' in settings) || settings.timeout === undefined || settings.timeout <= longest) return [];
      const message =
        `does not fit into an invocation: of ${together.length} targets, ${maxStarting} start together and the next ` +
        `${maxStarting} start ${startSlotSeconds} s later, so the last one starts after ${start} s; ${start} s + ` +
        `${settings.timeout} s is more than the available ${observingSeconds} s. Use at most ${longest} seconds`;
      return [{ path: pathOf(target, i, 'timeout'), received: `${settings.timeout} seconds`, message }];
    });
  });
}
