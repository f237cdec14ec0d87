import { nearest } from '../../core/definition/did-you-mean.ts';
import { parseDuration } from '../../core/time/duration.ts';
import { isTimeZone } from '../../core/time/zone.ts';
import { UserError } from '../../core/user-error.ts';
import { parseMoment } from './moment.ts';

/** A scenario as its file says it: a head of `key: value`, an empty line, then what the world does, a sentence a line. */
export interface Scenario {
  title: string;
  startsAt: number;
  endsAt: number;
  timeZone: string;
  sentences: readonly { line: number; text: string }[];
}

/** A scenario file that cannot be played: every line that was not understood, with what was expected. */
export class ScenarioError extends UserError {
  override readonly name = 'ScenarioError';

  constructor(file: string, problems: readonly string[]) {
    super(`${file} cannot be played:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
  }
}

/** A year and a day. Each minute of it is played, for each target. */
const longestSeconds = 366 * 86_400;

const headKeys = ['title', 'starts', 'lasts', 'zone'] as const;

/**
 * Reads a scenario. `#` begins a comment. The head holds `title`, `starts` (`2026-11-24 02:00`), `lasts` (`100 minutes`)
 * and, unless the config's own is meant, `zone`.
 * @throws {ScenarioError} with all problems of the head
 */
export function parseScenario(file: string, text: string, defaultZone: string): Scenario {
  const problems: string[] = [];
  const head = new Map<string, string>();
  const sentences: { line: number; text: string }[] = [];
  text.split(/\r?\n/).forEach((raw, i) => {
    const line = raw.replace(/#.*/, '').trim();
    const pair = /^(\w+): (.+)$/.exec(line);
    if (line === '') return;
    if (!pair || sentences.length > 0) sentences.push({ line: i + 1, text: line.replace(/\.$/, '') });
    else if ((headKeys as readonly string[]).includes(pair[1]!)) head.set(pair[1]!, pair[2]!);
    else {
      const meant = nearest(pair[1]!, headKeys);
      problems.push(
        `line ${i + 1}: ${pair[1]} is none of ${headKeys.join(', ')}${meant === undefined ? '' : `; did you mean ${meant}?`}`,
      );
    }
  });

  const timeZone = head.get('zone') ?? defaultZone;
  if (!isTimeZone(timeZone)) problems.push(`zone: ${timeZone} is not an IANA time zone`);
  const startsAt = isTimeZone(timeZone) ? parseMoment(head.get('starts') ?? '', 0, timeZone) : 0;
  if (startsAt === undefined)
    problems.push(`starts: ${head.get('starts') ?? 'is missing'}; write a date and a time, as in 2026-11-24 02:00`);
  const seconds = parseDuration(head.get('lasts') ?? '');
  if (seconds === undefined)
    problems.push(`lasts: ${head.get('lasts') ?? 'is missing'}; write a duration, as in 100 minutes`);
  else if (seconds > longestSeconds)
    problems.push(`lasts: ${head.get('lasts')} is longer than 366 days, the longest that is played`);
  else if (seconds === 0)
    problems.push(`lasts: ${head.get('lasts')} plays nothing; write a duration, as in 100 minutes`);
  if (sentences.length === 0)
    problems.push('nothing happens; write a sentence a line, as in: classifier is down from 02:10 to 02:55');
  if (problems.length > 0) throw new ScenarioError(file, problems);
  return {
    title: head.get('title') ?? file,
    startsAt: startsAt!,
    endsAt: startsAt! + seconds! * 1000,
    timeZone,
    sentences,
  };
}
