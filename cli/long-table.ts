import Table from 'cli-table3';

/** From so many rows on a table is long. */
const long = 50;

type Rows = readonly (readonly unknown[])[];

/**
 * A table of cli-table3 without lines, whose time grows with its rows and not with their square: cli-table3 compares each
 * cell with all rows before it. Rows of plain text are written here as it would write them, and others one by one by it.
 * Every row has all cells, and none spans others.
 */
export class LongTable extends Table {
  override toString(): string {
    const rows = [...this] as unknown as Rows;
    if (rows.length < long) return super.toString();
    const { head, style, chars, colAligns } = this.options;
    const all: Rows = head.length > 0 ? [head, ...rows] : rows;
    const colWidths = all[0]!.map((_, column) =>
      widthOf(
        all.map((row) => row[column]),
        { style, chars },
      ),
    );
    return all
      .map((row) =>
        row.every(isPlain)
          ? row.map((cell, i) => ` ${aligned(String(cell), colWidths[i]! - 2, colAligns[i])} `).join('')
          : laidOut([row], { style, chars, colAligns, colWidths }).toString(),
      )
      .join('\n');
  }
}

const aligned = (text: string, width: number, align: string | null | undefined) =>
  align === 'right' ? text.padStart(width) : text.padEnd(width);

/** Whether each character of a cell takes one place, and none of them moves the cursor. */
const isPlain = (cell: unknown): boolean => /^[ -~✓✗×–]*$/.test(String(cell));

/** The width of a column with its blanks: of the longest plain cell, or of another as cli-table3 has it. */
function widthOf(cells: readonly unknown[], options: Table.TableConstructorOptions): number {
  let widest = 2;
  for (const cell of cells) {
    // A first line of blanks, because the width is that of its characters, and a wide one takes two places.
    const width = isPlain(cell) ? String(cell).length + 2 : laidOut([[''], [cell]], options).width;
    widest = Math.max(widest, width);
  }
  return widest;
}

function laidOut(rows: Rows, options: Table.TableConstructorOptions): Table.Table {
  const table = new Table(options);
  table.push(...(rows as unknown as Table.HorizontalTableRow[]));
  return table;
}
