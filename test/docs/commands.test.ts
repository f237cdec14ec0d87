import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { tocsin } from '../support/command-line.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const pages = [
  ...['README.md', 'CONTRIBUTING.md'],
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file}`),
];

/** The command lines of a page, up to a comment, the end of the line, or the wrapped command. */
const linesOf = (page: string): string[] =>
  [...readFileSync(join(root, page), 'utf8').matchAll(/npx tocsin ([^`\n#]+)/g)].map(([, line]) =>
    line!.split(' -- ')[0]!.trim(),
  );

/** `history failed` of `history failed --days 1 --stack <name>-<stage>-state`. */
const withParts = ['history', 'deadletters', 'batch', 'rules', 'rules export', 'logs'];
const commandOf = (line: string): string[] => {
  const words = line.split(/[\s,;.)]+/);
  const command = [words.shift() ?? ''];
  while (withParts.includes(command.join(' ')) && /^[a-z]+$/.test(words[0] ?? '')) command.push(words.shift()!);
  return command;
};

const shown = new Map<string, Set<string>>();
for (const page of pages) {
  for (const line of linesOf(page)) {
    const command = commandOf(line).join(' ');
    const options = [...line.matchAll(/(?<=\s)--[a-z]+(?:-[a-z]+)*/g)].map(([option]) => option);
    shown.set(command, new Set([...(shown.get(command) ?? []), ...options]));
  }
}

describe('the commands that the docs show', () => {
  it('are found', () => {
    expect([...shown.keys()]).toEqual(expect.arrayContaining(['history failed', 'check', 'batch run', 'docs']));
    expect(shown.get('history failed')).toEqual(new Set(['--days', '--stack', '--region']));
  });

  it.each([...shown])('tocsin %s', async (command, options) => {
    const { exitCode, out } = await tocsin(...command.split(' '), '--help');
    expect(exitCode).toBe(0);
    expect(out).toMatch(new RegExp(`^Usage: tocsin ${command} `));
    for (const option of options) expect(out).toContain(` ${option} `);
  });
});
