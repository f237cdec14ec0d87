import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ownFolder, tocsin } from '../support/command-line.ts';

const guide = readFileSync(new URL('../../docs/guides/backtest.md', import.meta.url), 'utf8');
const { path } = ownFolder();

/** The words of a command line, with quotes as in a shell, without `npx tocsin`. */
const wordsOf = (command: string) =>
  [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare!).slice(2);

describe('the guide to backtests', () => {
  it('shows what its command prints', async () => {
    const command = /```sh\n(.*)\n```/.exec(guide)![1]!;
    const shown = /```\n(classifier\/slow-responses [\s\S]*?)\n```/.exec(guide)![1]!;
    const words = wordsOf(command).map((word) => (word === 'latency.svg' ? path(word) : word));
    const { exitCode, out } = await tocsin(...words);
    expect(exitCode).toBe(0);
    const printed = out.split('\n').map((line) => line.trimEnd());
    expect(printed.slice(0, shown.split('\n').length).join('\n')).toBe(shown);
  });
});
