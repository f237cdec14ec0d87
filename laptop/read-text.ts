import { readFileSync } from 'node:fs';

/**
 * Reads a text file without its byte order mark. The encoding is UTF-8, or UTF-16 if the mark specifies it, as PowerShell writes it.
 * @throws the error of Node if the file cannot be read
 */
export function readText(path: string | URL): string {
  const bytes = readFileSync(path);
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}
