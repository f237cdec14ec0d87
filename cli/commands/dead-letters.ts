import Table from 'cli-table3';
import { subjectOf } from '../../core/queues/subject-of.ts';
import { terminalLine } from '../../core/terminal-text.ts';
import { formatDuration } from '../../core/time/duration.ts';
import { inZone } from '../../core/time/zone.ts';
import { UserError } from '../../core/user-error.ts';
import { adviceFor, type DeadLetter, type DeadLetters } from '../dead-letters/dead-letter.ts';
import type { StoreLocation } from '../open-store.ts';
import type { Terminal } from '../terminal.ts';
import { bare } from './history.ts';

/** So much of an id stands in a table, and is enough to name a message. */
const shortId = 8;

/** Lets something be done with the dead letters of a place. */
async function withDeadLetters<T>(place: StoreLocation, work: (letters: DeadLetters) => Promise<T>): Promise<T> {
  if (place.profile) process.env['AWS_PROFILE'] = place.profile;
  if (place.region) process.env['AWS_REGION'] = place.region;
  const letters =
    place.stack === undefined
      ? await (await import('../dead-letters/laptop.ts')).laptopDeadLetters(place.state)
      : (await import('../dead-letters/deployed.ts')).deployedDeadLetters(place.stack);
  try {
    return await work(letters);
  } finally {
    await letters.close();
  }
}

/** `tocsin deadletters list`: what is parked, why, and what to do. */
export const listDeadLetters = (options: StoreLocation & { json?: boolean }, terminal: Terminal): Promise<void> =>
  withDeadLetters(options, async (letters) => {
    const found = await letters.list();
    if (options.json) return terminal.print(JSON.stringify(found, undefined, 2));
    if (found.length === 0) return terminal.print('✓ No dead letters.');
    const rows = new Table({
      head: ['id', 'queue', 'about', 'age', 'attempts', 'reason', 'what to do'],
      style: { head: [], border: [] },
      chars: bare,
    });
    const now = Date.now();
    for (const letter of found)
      rows.push([
        letter.id.slice(0, shortId),
        terminalLine(letter.queue),
        terminalLine(subjectOf(letter.body).correlation ?? 'cannot be read', 80),
        formatDuration((now - letter.sentAt) / 1000),
        letter.attempts,
        terminalLine(letter.reason ?? 'unknown', 200),
        adviceFor(letter),
      ]);
    terminal.print(rows.toString());
    terminal.print('Send one again with: npx tocsin deadletters redrive <id>   (or all: --all)');
  });

/** `tocsin deadletters show <id>`: all of one message. */
export const showDeadLetter = (id: string, options: StoreLocation, terminal: Terminal): Promise<void> =>
  withDeadLetters(options, async (letters) => {
    const [letter] = chosen(await letters.list(), [id]);
    const { queue, reason, errorClass, attempts, sentAt, body } = letter!;
    terminal.print(
      [
        `id        ${letter!.id}`,
        `queue     ${terminalLine(queue)}`,
        `about     ${terminalLine(subjectOf(body).correlation ?? 'cannot be read')}`,
        `sent      ${inZone(sentAt, letters.timeZone)} ${letters.timeZone}`,
        `attempts  ${attempts}`,
        `reason    ${terminalLine(reason ?? 'unknown', 2000)}${errorClass ? ` (${terminalLine(errorClass)})` : ''}`,
        `to do     ${adviceFor(letter!)}`,
        '',
        indented(body),
      ].join('\n'),
    );
  });

/** `tocsin deadletters redrive <ids…>`: puts messages back into their queues. */
export const redriveDeadLetters = (
  ids: readonly string[],
  options: StoreLocation & { all?: boolean },
  terminal: Terminal,
): Promise<void> =>
  withDeadLetters(options, async (letters) => {
    if (options.all !== true && ids.length === 0)
      throw new UserError({
        place: 'deadletters redrive',
        found: 'was given no message',
        fix: 'Give ids, as tocsin deadletters list shows them, or --all',
      });
    const found = await letters.list();
    const wanted = options.all ? found : chosen(found, ids);
    for (const letter of wanted) await letters.redrive(letter);
    terminal.print(
      `${wanted.length} ${wanted.length === 1 ? 'message was' : 'messages were'} put back into ${wanted.length === 1 ? 'its queue' : 'their queues'}.`,
    );
  });

/** The messages that ids name, by their first characters. @throws {UserError} for an id that names none, or several */
function chosen(letters: readonly DeadLetter[], ids: readonly string[]): DeadLetter[] {
  return ids.map((id) => {
    const found = letters.filter((letter) => letter.id.startsWith(id));
    if (found.length === 1) return found[0]!;
    throw new UserError({
      place: `The id ${id}`,
      found: found.length === 0 ? 'is of no dead letter' : `is the beginning of ${found.length} dead letters`,
      fix: 'List them with tocsin deadletters list',
    });
  });
}

function indented(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), undefined, 2);
  } catch {
    return terminalLine(body, 10_000);
  }
}
