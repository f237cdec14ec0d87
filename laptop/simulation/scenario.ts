import { useOneOf } from '../../core/definition/did-you-mean.ts';
import { parseDuration } from '../../core/time/duration.ts';
import { isTimeZone } from '../../core/time/zone.ts';
import { UserError } from '../../core/user-error.ts';
import { parseMoment } from './moment.ts';

/** A scenario file: a head of `key: value`, an empty line, then one sentence per line about the systems outside the pipeline. */
export interface Scenario {
  title: string;
  startsAt: number;
  endsAt: number;
  timeZone: string;
  sentences: readonly { line: number; text: string }[];
}

/** A scenario file is invalid. The message lists all problems. */
export class ScenarioError extends UserError {
  override readonly name = 'ScenarioError';

  constructor(file: string, problems: readonly string[]) {
    super(`${file} is not a valid scenario:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
  }
}

/** The maximum duration, in seconds: a year and a day. Each minute is simulated for each target. */
const maxSeconds = 366 * 86_400;

const headKeys = ['title', 'starts', 'lasts', 'zone'] as const;

/**
 * Parses a scenario. `#` starts a comment. The head contains `title`, `starts` (`2026-11-24 02:00`), `lasts` (`100 minutes`) and
 * optionally `zone` (default: the time zone of the config).
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
      problems.push(`line ${i + 1}: ${pair[1]} is not a key of a scenario; ${useOneOf(pair[1]!, headKeys)}`);
    }
  });

  const timeZone = head.get('zone') ?? defaultZone;
  if (!isTimeZone(timeZone)) problems.push(`zone: ${timeZone} is not an IANA time zone`);
  const startsAt = isTimeZone(timeZone) ? parseMoment(head.get('starts') ?? '', 0, timeZone) : 0;
  if (startsAt === undefined)
    problems.push(
      `starts: ${head.get('starts') ?? 'is missing'}; specify a date and a time, for example 2026-11-24 02:00`,
    );
  const seconds = parseDuration(head.get('lasts') ?? '');
  if (seconds === undefined)
    problems.push(`lasts: ${head.get('lasts') ?? 'is missing'}; specify a duration, for example 100 minutes`);
  else if (seconds > maxSeconds) problems.push(`lasts: ${head.get('lasts')} is longer than the maximum of 366 days`);
  else if (seconds === 0)
    problems.push(`lasts: ${head.get('lasts')} is zero; specify a duration, for example 100 minutes`);
  if (sentences.length === 0)
    problems.push(
      'the scenario has no sentences; write one per line, for example: classifier is down from 02:10 to 02:55',
    );
  if (problems.length > 0) throw new ScenarioError(file, problems);
  return {
    title: head.get('title') ?? file,
    startsAt: startsAt!,
    endsAt: startsAt! + seconds! * 1000,
    timeZone,
    sentences,
  };
}
