import { lastStartSeconds, lookingSeconds, patienceSeconds, startedTogether } from '../checks/budget.ts';
import { pathProblem } from '../checks/health-url.ts';
import { isPointer } from '../checks/json-field.ts';
import { assignmentsOf } from '../checks/schedules.ts';
import type { Target } from './document.ts';
import type { Problem } from './problem.ts';
import type { CheckSettings } from './target-schemas.ts';

type At = (target: Target, check: number, field: string) => string;

/** What is wrong with how targets are looked at: an address with two meanings, a wait that does not fit. */
export const lookProblems = (targets: readonly Target[], at: At): Problem[] => [
  ...targets.flatMap((target) =>
    target.checks.flatMap((settings, i) => {
      const says = (field: string, received: unknown, problem: string): Problem => ({
        path: at(target, i, field),
        received,
        says: problem,
      });
      return [...addressProblems(target, settings, says), ...timeoutProblems(settings, says)];
    }),
  ),
  ...budgetProblems(targets, at),
];

type Says = (field: string, received: unknown, problem: string) => Problem;

function addressProblems(target: Target, settings: CheckSettings, says: Says): Problem[] {
  if (target.kind !== 'service' || settings.check !== 'health') return [];
  const problem = pathProblem(target.url, settings.path);
  return [
    ...(problem ? [says('path', settings.path, problem)] : []),
    ...Object.keys(settings.expect)
      .filter((name) => name.startsWith('/') && !isPointer(name))
      .map((name) => says('expect', name, 'is not a JSON Pointer; write ~ as ~0 and a / inside a name as ~1')),
  ];
}

function timeoutProblems(settings: CheckSettings, says: Says): Problem[] {
  if (!('timeout' in settings) || settings.timeout === undefined || settings.timeout <= settings.every) return [];
  const problem = `is longer than the ${settings.every} seconds of "every": the next look would begin before this one ends`;
  return [says('timeout', `${settings.timeout} seconds`, problem)];
}

/** A timeout must fit into an invocation even for the look that begins last, when all the others hang. */
function budgetProblems(targets: readonly Target[], at: At): Problem[] {
  return assignmentsOf({ targets }).flatMap(({ schedule, targets: together }) => {
    const start = lastStartSeconds(together.length);
    const longest = Math.floor(lookingSeconds - start);
    return together.flatMap((target): Problem[] => {
      const i = target.checks.findIndex((c) => c.check === schedule.check && c.every === schedule.everySeconds);
      const settings = target.checks[i]!;
      if (!('timeout' in settings) || settings.timeout === undefined || settings.timeout <= longest) return [];
      const says =
        `does not fit into an invocation: of ${together.length} targets ${startedTogether} begin together and the next ` +
        `${startedTogether} after ${patienceSeconds} s, so the last begins after ${start} s; ${start} s + ` +
        `${settings.timeout} s is more than the ${lookingSeconds} s there are. Use at most ${longest} seconds`;
      return [{ path: at(target, i, 'timeout'), received: `${settings.timeout} seconds`, says }];
    });
  });
}
