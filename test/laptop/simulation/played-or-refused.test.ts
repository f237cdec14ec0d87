import { describe, expect, it } from 'vitest';
import { Narrator } from '../../../cli/narrator.ts';
import { aNotification } from '../../support/a-notification.ts';
import { ownFolder, tocsin } from '../../support/command-line.ts';

const { write } = ownFolder();
const scenario = (head: string, sentence: string) => write('a.scenario', `title: A\n${head}\n\n${sentence}\n`);

describe('a scenario that would play nothing, or for ever, is refused', () => {
  it.each([
    [
      'an outage in the hour that summer time skips',
      'starts: 2027-03-28 00:00\nlasts: 6 hours\nzone: Europe/Berlin',
      'classifier is down from 02:10 to 02:55',
      /02:10 does not exist on that day/,
    ],
    [
      'an outage that ends before it begins',
      'starts: 2027-03-27 00:00\nlasts: 6 hours',
      'classifier is down from 02:55 to 02:10',
      /the end is not after the start/,
    ],
    [
      '999,999 days',
      'starts: 2027-03-27 00:00\nlasts: 999999 days',
      'classifier is down from 02:10 to 02:55',
      /lasts: 999999 days is longer than the maximum of 366 days/,
    ],
    [
      'no time at all',
      'starts: 2027-03-27 00:00\nlasts: 0 minutes',
      'classifier is down from 02:10 to 02:55',
      /lasts: 0 minutes is zero/,
    ],
  ])('%s', async (_, head, sentence, says) => {
    const { exitCode, err } = await tocsin('simulate', scenario(head, sentence));
    expect(err).toMatch(says);
    expect(exitCode).toBe(1);
  });

  it('an outage in the hour that is repeated is played', async () => {
    const file = scenario(
      'starts: 2027-10-31 00:00\nlasts: 6 hours\nzone: Europe/Berlin',
      'classifier is down from 02:10 to 02:55',
    );
    expect((await tocsin('simulate', file)).out).toMatch(/1 incident opened/);
  });
});

describe('names and outputs', () => {
  it('tocsin demo lists its modes, and suggests one', async () => {
    expect((await tocsin('demo')).out).toMatch(/^Modes: ok, down, slow, model-not-loaded, errors\n/);
    expect((await tocsin('demo', 'slwo')).err).toMatch(/^slwo is not a mode of the demo service; did you mean slow\?/);
  });

  it('a folder that takes no file gives a sentence', async () => {
    const { exitCode, err } = await tocsin('docs', '--out', '/proc/x');
    expect(err).toMatch(/cannot be written.*ENOENT/);
    expect(err).not.toMatch(/\n\s+at /);
    expect(exitCode).toBe(1);
  });

  it('what is only printed is never called sent', () => {
    const lines: string[] = [];
    const narrator = new Narrator(
      () => 0,
      ({ part, text }) => lines.push(`${part} ${text}`),
      { prints: true },
    );
    const notification = aNotification();
    const { id, incident, group, channel, sequence } = notification;
    narrator.notification(notification);
    for (const outcome of ['delivered', 'superseded'] as const)
      narrator.receipt({ notification: id, incident, group, channel, sequence, outcome, at: 0, attempts: 1 });
    expect(lines).toHaveLength(3);
    expect(lines.join('\n')).not.toMatch(/sent/);
  });
});
