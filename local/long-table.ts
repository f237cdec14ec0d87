import Table from 'cli-table3';

/** So many rows are laid out together: cli-table3 compares each cell of a table with all rows before it. */
const laidOutTogether = 50;

type Rows = readonly (readonly unknown[])[];

/**
 * A table of cli-table3 without lines, whose time grows with its rows and not with their square: it is laid out in parts,
 * each with the columns of the whole. Every row has all cells, and none spans others.
 */
export class LongTable extends Table {
  override toString(): string {
    const rows = [...this] as unknown as Rows;
    if (rows.length <= laidOutTogether) return super.toString();
    const { head, style, chars, colAligns } = this.options;
    const all: Rows = head.length > 0 ? [head, ...rows] : rows;
    const columns = all[0]!.map((_, column) => all.map((row) => row[column]));
    const colWidths = columns.map((cells) =>
      Math.max(...inParts(widestOf(cells)).map((part) => widthOf(part, { style, chars }))),
    );
    return inParts(all)
      .map((part) => laidOut(part, { style, chars, colAligns, colWidths }).toString())
      .join('\n');
  }
}

function laidOut(rows: Rows, options: Table.TableConstructorOptions): Table.Table {
  const table = new Table(options);
  table.push(...(rows as unknown as Table.HorizontalTableRow[]));
  return table;
}

/** The cells that can decide a column's width: the longest of those that are plain letters, and all others. */
function widestOf(cells: readonly unknown[]): unknown[] {
  const texts = cells.map(String);
  const isPlain = (text: string) => /^[ -~]*$/.test(text);
  const longest = texts.filter(isPlain).reduce((one, other) => (other.length > one.length ? other : one), '');
  return [longest, ...texts.filter((text) => !isPlain(text))];
}

/** The width of a column. It is read from the first line, so that one must be of blanks: a wide character is two of them. */
const widthOf = (cells: readonly unknown[], options: Table.TableConstructorOptions): number =>
  laidOut([[''], ...cells.map((cell) => [cell])], options).width;

const inParts = <Item>(items: readonly Item[]): Item[][] =>
  Array.from({ length: Math.ceil(items.length / laidOutTogether) }, (_, part) =>
    items.slice(part * laidOutTogether, (part + 1) * laidOutTogether),
  );
