import { describe, expect, it } from 'vitest';
import { formatLine, type Line, Narrator } from '../../cli/narrator.ts';
import { alarmsOf } from '../../core/alarms/alarm.ts';
import type { Receipt } from '../../events/receipt.ts';
import { aDocument } from '../support/a-document.ts';
import { aNotification } from '../support/a-notification.ts';
import { aRun } from '../support/a-run.ts';

const at = Date.parse('2026-11-21T02:13:00Z');
const alarm = alarmsOf(aDocument())[0]!;

function setUp() {
  const lines: Line[] = [];
  const narrator = new Narrator(
    () => at,
    (line) => lines.push(line),
  );
  return { narrator, lines, said: () => lines.map(({ text }) => text) };
}

const check = (well: boolean) =>
  aRun({
    kind: 'health',
    target: 'classifier',
    start: '2026-11-21T02:13:00Z',
    ...(well ? {} : { outcome: 'failed' as const, error: { class: 'refused', message: 'connection refused' } }),
  });

const receiptFor = (of: Partial<Receipt>): Receipt => {
  const { id, incident, group, channel, sequence } = aNotification();
  return { notification: id, incident, group, channel, sequence, outcome: 'delivered', at, attempts: 1, ...of };
};

describe('the narrator', () => {
  it('tells three failures of a check in a row, counts the others, and tells when it is well again', () => {
    const { narrator, said } = setUp();
    for (const well of [true, false, false, false, false, false, true, true]) narrator.run(check(well));
    expect(said()).toEqual([
      '✗ health classifier: refused (connection refused)',
      '✗ health classifier: refused (connection refused)',
      '✗ health classifier: refused (connection refused) …',
      '✓ health classifier: recovered after 5 failed checks',
    ]);
    expect(narrator.counts).toMatchObject({ checks: 8, failedChecks: 5 });
  });

  it('tells every batch run', () => {
    const { narrator, said } = setUp();
    narrator.run(aRun({ start: '2026-11-21T02:00:00Z', end: '2026-11-21T02:03:00Z' }));
    narrator.run(
      aRun({
        start: '2026-11-21T02:00:00Z',
        outcome: 'failed',
        error: { class: 'batch-failed', message: 'cannot reach the API' },
      }),
    );
    expect(said()).toEqual(['✓ nightly succeeded in 3 min', '✗ nightly failed: cannot reach the API']);
  });

  it.each([
    { from: 'OK', to: 'ALARM', told: true },
    { from: 'ALARM', to: 'OK', told: true },
    { from: 'ALARM', to: 'INSUFFICIENT_DATA', told: true },
    { from: 'INSUFFICIENT_DATA', to: 'OK', told: false },
    { from: 'OK', to: 'INSUFFICIENT_DATA', told: false },
  ] as const)('of an alarm from $from to $to tells: $told', ({ from, to, told }) => {
    const { narrator, said } = setUp();
    narrator.transition(alarm, from, to);
    expect(said()).toEqual(told ? [`${from} → ${to}  ${alarm.name}`] : []);
    expect(narrator.counts.alarms).toBe(to === 'ALARM' ? 1 : 0);
  });

  it('tells a notification once, though it goes to several channels, and each receipt', () => {
    const { narrator, said } = setUp();
    for (const channel of ['ml-alerts', 'ml-team']) narrator.notification(aNotification({ channel }));
    narrator.receipt(receiptFor({ channel: 'ml-alerts', attempts: 3 }));
    narrator.receipt(receiptFor({ channel: 'ml-team', outcome: 'superseded' }));
    expect(said()).toEqual([
      expect.stringMatching(/^opened: /),
      expect.stringMatching(/ to ml-alerts: opened at attempt 3$/),
      'ml-team: opened was skipped, because a later message was already delivered',
    ]);
    expect([narrator.counts.opened, [...narrator.sent]]).toEqual([1, [['ml-alerts', 1]]]);
  });

  it('tells the first two failed attempts of a message and how it ends', () => {
    const { narrator, said } = setUp();
    for (const receives of [1, 2, 3, 4])
      narrator.setback(
        'channel-slack',
        { receives },
        { verdict: 'retry', afterSeconds: 60, reason: 'Slack responded with 500' },
      );
    narrator.setback('channel-slack', { receives: 30 }, { verdict: 'dead-letter', reason: 'gave up' });
    expect(said()).toEqual([
      'channel-slack retries in 1 min (attempt 1): Slack responded with 500',
      'channel-slack retries in 1 min (attempt 2): Slack responded with 500 …',
      'channel-slack moved a message to the dead letters: gave up',
    ]);
  });

  it('tells a fault of a piece of work three times, and again when its reason changes', () => {
    const { narrator, said } = setUp();
    const reasons = ['full', 'full', 'full', 'full', 'full', 'gone'];
    for (const reason of reasons) narrator.failed('health-60s-0', new Error(reason));
    expect(said()).toEqual([
      'health-60s-0 failed and is retried at the next run: full',
      'health-60s-0 failed and is retried at the next run: full',
      'health-60s-0 failed and is retried at the next run: full …',
      'health-60s-0 failed and is retried at the next run: gone',
    ]);
  });

  it('says a line in the time of the zone, with the day when the story is long', () => {
    const line: Line = { at, part: 'alarm', tone: 'bad', text: 'OK → ALARM' };
    expect(formatLine(line, 'Europe/Berlin')).toBe('03:13:00  alarm      OK → ALARM');
    expect(formatLine(line, 'Asia/Tokyo', { day: true })).toBe('2026-11-21 11:13:00  alarm      OK → ALARM');
  });
});
