import { createReadStream } from 'node:fs';
import Papa from 'papaparse';
import type { CsvRow } from '../../tools/backtest/csv-rows.ts';
import { RecordingError } from '../../tools/backtest/recording-error.ts';

/**
 * Reads the rows of a CSV file one by one, so that a large file does not fill the memory.
 * @param take called for each row; if it throws, reading stops
 * @throws {RecordingError} if the file cannot be read
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

/** Removes blanks around a value, and the byte order mark that spreadsheets write at the start of a file. */
const clean = (cell: string) => cell.trim().replace(/^\uFEFF/, '');
