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

/** The number of characters of an id in the table, which are sufficient to identify a message. */
const shortId = 8;

/** Calls a function with the dead letters at a location. */
async function withDeadLetters<T>(location: StoreLocation, use: (letters: DeadLetters) => Promise<T>): Promise<T> {
  if (location.profile) process.env['AWS_PROFILE'] = location.profile;
  if (location.region) process.env['AWS_REGION'] = location.region;
  const letters =
    location.stack === undefined
      ? await (await import('../dead-letters/laptop.ts')).laptopDeadLetters(location.state)
      : (await import('../dead-letters/deployed.ts')).deployedDeadLetters(location.stack);
  try {
    return await use(letters);
  } finally {
    await letters.close();
  }
}

/** `tocsin deadletters list`: prints the dead letters with their reasons and actions. */
export const listDeadLetters = (options: StoreLocation & { json?: boolean }, terminal: Terminal): Promise<void> =>
  withDeadLetters(options, async (letters) => {
    const found = await letters.list();
    if (options.json) return terminal.print(JSON.stringify(found, undefined, 2));
    if (found.length === 0) return terminal.print('✓ No dead letters.');
    const rows = new Table({
      head: ['id', 'queue', 'subject', 'age', 'attempts', 'reason', 'action'],
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
    terminal.print('To redrive a message: npx tocsin deadletters redrive <id>   (all messages: --all)');
  });

/** `tocsin deadletters show <id>`: prints one message. */
export const showDeadLetter = (id: string, options: StoreLocation, terminal: Terminal): Promise<void> =>
  withDeadLetters(options, async (letters) => {
    const [letter] = chosen(await letters.list(), [id]);
    const { queue, reason, errorClass, attempts, sentAt, body } = letter!;
    terminal.print(
      [
        `id        ${letter!.id}`,
        `queue     ${terminalLine(queue)}`,
        `subject   ${terminalLine(subjectOf(body).correlation ?? 'cannot be read')}`,
        `sent      ${inZone(sentAt, letters.timeZone)} ${letters.timeZone}`,
        `attempts  ${attempts}`,
        `reason    ${terminalLine(reason ?? 'unknown', 2000)}${errorClass ? ` (${terminalLine(errorClass)})` : ''}`,
        `action    ${adviceFor(letter!)}`,
        '',
        indented(body),
      ].join('\n'),
    );
  });

/** `tocsin deadletters redrive <ids…>`: moves messages back to their queues. */
export const redriveDeadLetters = (
  ids: readonly string[],
  options: StoreLocation & { all?: boolean },
  terminal: Terminal,
): Promise<void> =>
  withDeadLetters(options, async (letters) => {
    if (options.all !== true && ids.length === 0)
      throw new UserError({
        place: 'deadletters redrive',
        found: 'requires the id of a message',
        fix: 'Specify ids from tocsin deadletters list, or --all',
      });
    const found = await letters.list();
    const wanted = options.all ? found : chosen(found, ids);
    for (const letter of wanted) await letters.redrive(letter);
    terminal.print(
      `${wanted.length} ${wanted.length === 1 ? 'message was' : 'messages were'} moved back to ${wanted.length === 1 ? 'its queue' : 'their queues'}.`,
    );
  });

/** Finds messages by the first characters of their ids. @throws {UserError} if an id matches no message, or several */
function chosen(letters: readonly DeadLetter[], ids: readonly string[]): DeadLetter[] {
  return ids.map((id) => {
    const found = letters.filter((letter) => letter.id.startsWith(id));
    if (found.length === 1) return found[0]!;
    throw new UserError({
      place: `The id ${id}`,
      found: found.length === 0 ? 'matches no dead letter' : `matches ${found.length} dead letters`,
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
