import { fileURLToPath } from 'node:url';
import { useOneOf } from '../../core/definition/did-you-mean.ts';
import { groupBy } from '../../core/group-by.ts';
import { UserError } from '../../core/user-error.ts';
import { readText } from '../../laptop/read-text.ts';
import { type ReferenceEntry, referenceEntries } from '../reference.ts';
import type { Terminal } from '../terminal.ts';

const page = fileURLToPath(new URL('../../docs/reference.md', import.meta.url));

/** `tocsin config [name]`: every helper of a config, or the options of one. */
export function config(name: string | undefined, terminal: Terminal): void {
  const entries = referenceEntries(readText(page));
  if (name === undefined) {
    const sections = [...groupBy(entries, ({ section }) => section)];
    const lines = sections.map(([section, listed]) => `${section}\n  ${namesOf(listed).join(', ')}`);
    terminal.print(`${lines.join('\n\n')}\n\nThe options of one of them: npx tocsin config health`);
    return;
  }
  const entry = entries.find((one) => one.name.toLowerCase() === name.toLowerCase());
  if (!entry)
    throw new UserError(
      `There is no helper ${name}; ${useOneOf(
        name,
        entries.map((one) => one.name),
      )}. The list: npx tocsin config`,
    );
  terminal.print(
    [entry.name, ...entry.text.map((line) => `  ${line}`), '', ...entry.rows.map(optionOf)].join('\n').trimEnd(),
  );
}

/** What can be looked up: helpers by their names, a section by its title. */
const namesOf = (entries: readonly ReferenceEntry[]): string[] => entries.map(({ name }) => name);

const optionOf = ({
  option = '',
  type = '',
  default: otherwise = '',
  meaning = '',
  ...rest
}: Record<string, string>) =>
  option
    ? `  ${option} (${type}${otherwise === 'required' ? ', required' : otherwise === '–' ? '' : `, default: ${otherwise}`})\n      ${meaning}`
    : `  ${Object.values(rest).join('  ')}`;
