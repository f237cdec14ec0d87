import { beforeEach, describe, expect, it } from 'vitest';
import { findingsTable } from '../../cli/commands/check.ts';
import { describeFailure } from '../../cli/failure.ts';
import { formatLogLine } from '../../cli/logs/log-line.ts';
import { formatLine, type Line, Narrator } from '../../cli/narrator.ts';
import { framed, paint } from '../../cli/terminal.ts';
import { slackPreview } from '../../core/channels/slack/preview.ts';
import { terminalLine, terminalOutput, terminalText } from '../../core/terminal-text.ts';
import { StateFolder } from '../../laptop/state-folder.ts';
import { openStore, storesOver } from '../../laptop/store.ts';
import { aDocument } from '../support/a-document.ts';
import { aNotification } from '../support/a-notification.ts';
import { aRun } from '../support/a-run.ts';
import { ownFolder, tocsin } from '../support/command-line.ts';
import { handClock } from '../support/hand-clock.ts';

/** What a target, a job or a row may hold: a cleared screen, a bell, a link, C1, other directions, lines of their own. */
const hostile = `\u001b[2J\u001b]8;;https://evil.example\u0007click\u001b]8;;\u0007\u009b31m\u202eevil\u2066\r\nforged line\u2028\u0085\ud800\u0000${'x'.repeat(9000)}`;

/** Nothing that a terminal obeys but line breaks. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
const obeyed = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]/u;
const at = Date.parse('2026-11-21T02:13:00Z');

function told(happens: (narrator: Narrator) => void): string {
  const lines: Line[] = [];
  happens(
    new Narrator(
      () => at,
      (line) => lines.push(line),
    ),
  );
  expect(lines).not.toEqual([]);
  return lines.map((line) => `${formatLine(line, 'UTC')}${paint(line, 'UTC')}`).join('');
}

describe('hostile text never reaches a terminal raw, nor makes a line of its own', () => {
  it.each<[string, () => string]>([
    [
      'a check',
      () =>
        told((n) =>
          n.run(
            aRun({
              start: '2026-11-21T02:13:00Z',
              kind: 'health',
              target: hostile,
              outcome: 'failed',
              error: { class: hostile, message: hostile },
            }),
          ),
        ),
    ],
    [
      'a job',
      () =>
        told((n) =>
          n.run(
            aRun({
              start: '2026-11-21T02:13:00Z',
              target: hostile,
              outcome: 'failed',
              error: { class: 'Error', message: hostile },
            }),
          ),
        ),
    ],
    [
      'an incident',
      () =>
        told((n) => n.notification({ ...aNotification(), title: hostile, target: { kind: 'service', name: hostile } })),
    ],
    [
      'a delivery that failed',
      () =>
        told((n) =>
          n.setback('channel-slack', { receives: 1 }, { verdict: 'retry', afterSeconds: 5, reason: hostile }),
        ),
    ],
    [
      'a parked message',
      () => told((n) => n.setback('channel-slack', { receives: 1 }, { verdict: 'dead-letter', reason: hostile })),
    ],
    ['work that failed', () => told((n) => n.failed('sweep', new Error(hostile)))],
    ['what operators are notified of', () => told((n) => n.operators(hostile))],
    [
      'a line of a log',
      () =>
        formatLogLine(
          { functionName: 'sweep', at, text: '' },
          { level: '', says: hostile, correlation: hostile },
          'UTC',
        ),
    ],
    ['the title of a frame', () => framed(hostile, '').split('\n')[0]!],
  ])('%s', (_, shown) => {
    const text = shown();
    expect(text).not.toMatch(obeyed);
    expect(text).not.toContain('\n');
    expect(text.length).toBeLessThan(9000);
    expect(text).toContain('\\u001b[2J');
  });

  it.each<[string, () => string]>([
    ['a framed message', () => framed('Slack', slackPreview({ text: hostile }))],
    [
      'a table of findings',
      () =>
        findingsTable(aDocument(), [
          { check: 'health', target: hostile, url: hostile, healthy: false, because: [hostile], measurements: {} },
        ]),
    ],
    ['an error', () => terminalOutput(describeFailure(new Error(hostile), {})!, false)],
  ])('%s', (_, shown) => expect(shown()).not.toMatch(obeyed));
});

describe('the commands', () => {
  const { path } = ownFolder();
  beforeEach(async () => {
    const document = aDocument();
    const folder = new StateFolder(path('state'));
    folder.write({ document });
    const store = await openStore(folder, document);
    const now = Date.now() - 60_000;
    const clock = handClock(new Date(now).toISOString());
    await storesOver(store.client, document, clock).history.record(
      aRun({
        start: new Date(now).toISOString(),
        outcome: 'failed',
        error: { class: 'Error', message: hostile.slice(0, 200) },
      }),
    );
    await store.close();
  });

  it.each([
    ['history runs', () => ['history', 'runs', '--state', path('state')]],
    ['history failed as JSON', () => ['history', 'failed', '--state', path('state'), '--json']],
    ['a command that does not exist', () => [hostile.slice(0, 60)]],
    ['an option that does not exist', () => ['history', 'runs', `--${hostile.slice(0, 60)}`]],
    ['a scenario that does not exist', () => ['simulate', hostile.slice(0, 60)]],
    ['a config that does not exist', () => ['rules', 'list', '--config', hostile.slice(0, 60).replace('\0', '')]],
  ])('%s', async (_, args) => {
    const { out, err } = await tocsin(...args());
    expect(out + err).not.toBe('');
    expect(out + err).not.toMatch(obeyed);
  });
});

describe('text for a terminal', () => {
  it('escaped JSON is the same JSON', () => {
    const content = { message: hostile };
    expect(JSON.parse(terminalText(JSON.stringify(content)))).toEqual(content);
  });
  it('keeps what is harmless', () => {
    expect(terminalText('Grüße, 世界 👩‍🚀\n\tzweite Zeile\r\n')).toBe('Grüße, 世界 👩‍🚀\n\tzweite Zeile\n');
    expect(terminalLine('  two\n lines\t')).toBe('two lines');
  });
  it('clips between characters', () => expect(terminalLine('ab👩‍🚀', 4)).toBe('ab…'));
  it('keeps the colours of Tocsin where there are colours, and nothing else', () => {
    const text = '\u001b[31mred\u001b[39m\u001b[2J';
    expect(terminalOutput(text, true)).toBe('\u001b[31mred\u001b[39m\\u001b[2J');
    expect(terminalOutput(text, false)).toBe('\\u001b[31mred\\u001b[39m\\u001b[2J');
  });
});
