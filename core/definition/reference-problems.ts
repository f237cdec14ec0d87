import { checkKinds } from '../checks/checks.ts';
import { useOneOf } from './did-you-mean.ts';
import { notOnAws, ownMachineUrls } from './own-machine.ts';
import { type ParsedParts, sectionOf } from './parsed-parts.ts';
import { formatPath, type Problem } from './problem.ts';

/** The names that are not channels of the config. */
export const unknownChannels = (
  path: string,
  names: readonly string[],
  { channelNames }: Pick<ParsedParts, 'channelNames'>,
): Problem[] =>
  names
    .filter((name) => !channelNames.includes(name))
    .map((name) => ({
      path,
      received: name,
      message: `is not a configured channel; ${useOneOf(name, channelNames)}`,
    }));

/** The names that are not checks. */
export const unknownChecks = (path: string, names: readonly string[]): Problem[] => {
  const known: string[] = checkKinds.map((kind) => kind.name);
  return names
    .filter((name) => !known.includes(name))
    .map((name) => ({ path, received: name, message: `is not a check; ${useOneOf(name, known)}` }));
};

/** The URLs of targets and channels that point at the machine itself, which on AWS is the Lambda function. */
export function unreachableUrls({ targets, channels, stages, stage }: ParsedParts): Problem[] {
  const ofStage = stages[stage]?.channels ?? {};
  const places: [PropertyKey[], unknown][] = [
    ...targets.map((target): [PropertyKey[], unknown] => [[sectionOf[target.kind], target.name], target]),
    ...Object.entries(channels).map(([name, settings]): [PropertyKey[], unknown] => [
      [...(name in ofStage ? ['stages', stage] : []), 'channels', name],
      settings,
    ]),
  ];
  return places.flatMap(([path, settings]) =>
    ownMachineUrls(settings).map((found) => notOnAws(found, formatPath([...path, ...found.path]))),
  );
}
