import { createReadStream } from 'node:fs';
import Papa from 'papaparse';
import type { CsvRow } from '../../tools/backtest/csv-rows.ts';
import { RecordingError } from '../../tools/backtest/recording-error.ts';

/**
 * Reads the rows of a CSV file, one after the other: a file of any length fills no memory.
 * @param take what to do with a row; what it throws ends the reading
 * @throws {RecordingError} when the file cannot be read
 */
export function readCsv(file: string, take: (row: CsvRow) => void): Promise<void> {
  return new Promise((done, fail) => {
    let line = 0;
    const source = createReadStream(file, { encoding: 'utf8' });
    Papa.parse<string[]>(source, {
      delimiter: ',',
      chunk: ({ data }) => {
        try {
          for (const cells of data) {
            line += 1;
            // An empty line is one empty cell.
            if (cells.length > 1 || cells[0] !== '') take({ line, cells: cells.map(clean) });
          }
        } catch (error) {
          source.destroy();
          fail(error);
        }
      },
      complete: () => done(),
      error: (error: Error) => fail(new RecordingError(`${file} cannot be read: ${error.message}`)),
    });
  });
}

/** Blanks around a value, and the mark that spreadsheets put before a file, say nothing. */
const clean = (cell: string) => cell.trim().replace(/^\uFEFF/, '');
