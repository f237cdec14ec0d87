import { readFileSync } from 'node:fs';

/**
 * A text file as its author sees it: without the byte order mark that some editors put in front, and in UTF-16 when the mark
 * says so, as PowerShell writes it.
 * @throws what Node throws when the file cannot be read
 */
export function readText(path: string | URL): string {
  const bytes = readFileSync(path);
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}
