import { checkProblems } from './check-problems.ts';
import { refreshProblems } from './metric-problems.ts';
import { observationProblems } from './observation-problems.ts';
import { type ParsedParts, targetPath } from './parsed-parts.ts';
import type { Problem } from './problem.ts';
import { unknownChannels, unknownChecks, unreachableUrls } from './reference-problems.ts';
import { ruleProblems } from './rule-problems.ts';

/** Validates the parts of a definition against each other: references, conflicts, and the limits of the environment. */
export function crossChecks(parts: ParsedParts): Problem[] {
  return [
    ...Object.entries(parts.routes ?? {}).flatMap(([tier, channels]) =>
      unknownChannels(`routes.${tier}`, channels, parts),
    ),
    ...Object.entries(parts.stages).flatMap(([name, stage]) => [
      ...unknownChannels(`stages.${name}.channels`, Object.keys(stage.channels), parts),
      ...unknownChecks(`stages.${name}.every`, Object.keys(stage.every)),
    ]),
    ...parts.targets.flatMap((target) => [
      ...checkProblems(target, parts.world),
      ...refreshProblems(target, parts),
      ...ruleProblems(target, parts),
    ]),
    ...(parts.world === 'aws' ? unreachableUrls(parts) : []),
    ...observationProblems(parts.targets, (target, i, field) => `${targetPath(target)}.checks[${i}].${field}`),
  ];
}
