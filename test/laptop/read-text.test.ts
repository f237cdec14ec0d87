import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readText } from '../../laptop/read-text.ts';
import { ownFolder } from '../support/command-line.ts';

const { path } = ownFolder();

describe('a text file is read as its author sees it', () => {
  it.each([
    { written: 'in UTF-8', bytes: Buffer.from('HOOK=ä') },
    { written: 'in UTF-8 with a byte order mark, as by Notepad', bytes: Buffer.from('\uFEFFHOOK=ä') },
    { written: 'in UTF-16, as by PowerShell', bytes: Buffer.from('\uFEFFHOOK=ä', 'utf16le') },
    { written: 'in UTF-16 with the other order', bytes: Buffer.from('\uFEFFHOOK=ä', 'utf16le').swap16() },
  ])('$written', ({ bytes }) => {
    writeFileSync(path('file'), bytes);
    expect(readText(path('file'))).toBe('HOOK=ä');
  });
});
