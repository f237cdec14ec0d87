import { checkKindOf } from '../checks/checks.ts';
import type { World } from './definition.ts';
import type { Target } from './document.ts';
import { kindName, targetPath } from './parsed-parts.ts';
import type { Problem } from './problem.ts';

/** Problems with the checks of a target: a check for another kind of target, a duplicate, or a limit of AWS. */
export function checkProblems(target: Target, world: World): Problem[] {
  const problems = target.checks.flatMap((_, i) => oneCheck(target, i, world));
  if (world === 'laptop' || target.kind !== 'volume' || target.source.source !== 'local-disk') return problems;
  return [
    ...problems,
    {
      path: `${targetPath(target)}.source`,
      received: 'local-disk',
      message:
        'is a disk of this machine, which works on a laptop only; on AWS use cloudwatchAgent(…) or jsonEndpoint(…)',
    },
  ];
}

function oneCheck(target: Target, i: number, world: World): Problem[] {
  const { check, every } = target.checks[i]!;
  const path = `${targetPath(target)}.checks[${i}]`;
  const kind = checkKindOf(check);
  const problems: Problem[] = [];
  if (kind.targets !== target.kind)
    problems.push({
      path,
      received: check,
      message: `does not observe a ${kindName[target.kind]}; it is a check of a ${kindName[kind.targets]}`,
    });
  if (world !== 'laptop' && (every < 60 || every % 60 !== 0))
    problems.push({
      path: `${path}.every`,
      received: `${every} seconds`,
      message:
        "is not a whole number of minutes, which AWS schedules require; write '1 minute' or more. Only a laptop can check more often",
    });
  if (target.checks.findIndex((other) => other.check === check) < i)
    problems.push({ path, received: check, message: 'is a duplicate: this target already has this check; remove one' });
  return problems;
}
