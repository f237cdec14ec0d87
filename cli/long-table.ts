import Table from 'cli-table3';

/** The number of rows from which a table is long. */
const long = 50;

type Rows = readonly (readonly unknown[])[];

/**
 * A table of cli-table3 without lines that takes linear time: cli-table3 compares each cell with all previous rows, which is
 * quadratic. Rows of plain text are formatted here in the same way; cli-table3 formats the other rows one by one. Every row must
 * have all cells, without spans.
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

/** Whether each character of a cell is one column wide and none moves the cursor. */
const isPlain = (cell: unknown): boolean => /^[ -~✓✗×–]*$/.test(String(cell));

/** The width of a column with its padding. cli-table3 measures the cells that are not plain text. */
function widthOf(cells: readonly unknown[], options: Table.TableConstructorOptions): number {
  let widest = 2;
  for (const cell of cells) {
    // An empty first row, because cli-table3 derives the width from it, and a wide character takes two columns.
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
