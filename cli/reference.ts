// Reads docs/reference.md, which is generated from the sources: so the command line says what the page says.

/** An entry of the reference: a helper, or a section with one table. */
export interface ReferenceEntry {
  name: string;
  /** The section that it is in: `Checks`. */
  section: string;
  text: readonly string[];
  /** The rows of its table, by the heads of the columns. */
  rows: readonly Readonly<Record<string, string>>[];
}

/** The entries of the page: one for each heading, and one for each rule builder. */
export function referenceEntries(page: string): ReferenceEntry[] {
  const entries: ReferenceEntry[] = [];
  let section = '';
  for (const part of page.split(/^(?=##)/m).slice(1)) {
    const [heading = '', ...lines] = part.split('\n');
    const name = heading.replace(/^#+ /, '');
    if (heading.startsWith('## ')) section = name;
    const rows = rowsOf(lines.filter((line) => line.startsWith('|')));
    const text = lines.filter((line) => line && !line.startsWith('|') && !line.startsWith('```'));
    if (name === section && rows.length === 0) continue;
    if (rows[0]?.['example'] === undefined) entries.push({ name, section, text, rows });
    else entries.push(...rows.map((row) => builderEntry(row, section)));
  }
  return entries;
}

/** A row of the table of rule builders as an entry of its own. */
function builderEntry(row: Readonly<Record<string, string>>, section: string): ReferenceEntry {
  const example = row['example'] ?? '';
  return {
    name: example.slice(0, example.indexOf('(')),
    section,
    text: [
      row['meaning'] ?? '',
      example,
      `Fires by default when: ${row['fires by default when']}`,
      ...(row['own options'] === '–' ? [] : [`Own options: ${row['own options']}`]),
      'The other options: npx tocsin config rule',
    ],
    rows: [],
  };
}

function rowsOf(lines: readonly string[]): Record<string, string>[] {
  const [head, , ...body] = lines.map(cellsOf);
  return body.map((cells) => Object.fromEntries((head ?? []).map((name, i) => [name, cells[i] ?? ''])));
}

/** The cells of a row of Markdown: a vertical line inside a cell is escaped, code is between backquotes. */
const cellsOf = (line: string): string[] =>
  line
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) => cell.trim().replaceAll('\\|', '|').replaceAll('`', ''));
