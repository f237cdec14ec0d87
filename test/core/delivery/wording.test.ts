import { describe, expect, it } from 'vitest';
import { factsOf, sayMoment, toldOf } from '../../../core/delivery/wording.ts';
import { aNotification } from '../../support/a-notification.ts';

const opened = aNotification();
const later = opened.openedAt + 22 * 60_000;

describe('factsOf', () => {
  it.each([
    { kind: 'opened', labels: ['Service', 'Severity', 'Value', 'Threshold', 'Since'] },
    { kind: 'resolved', labels: ['Service', 'Severity', 'Value', 'Threshold', 'Since', 'Resolved', 'Downtime'] },
    { kind: 'news', labels: ['Service', 'Severity', 'Value', 'Threshold', 'Time'] },
  ] as const)('of $kind are $labels', ({ kind, labels }) => {
    expect(factsOf(aNotification({ kind })).map(({ label }) => label)).toEqual(labels);
  });

  it('leave out what is not known', () => {
    const labels = factsOf(aNotification({ value: undefined, threshold: undefined })).map(({ label }) => label);
    expect(labels).toEqual(['Service', 'Severity', 'Since']);
  });

  it.each([
    { target: { kind: 'service', name: 'api' }, label: 'Downtime' },
    { target: { kind: 'batch', name: 'nightly' }, label: 'Lasted' },
    { target: { kind: 'volume', name: 'results' }, label: 'Lasted' },
  ] as const)(
    'call the length of an incident of a $target.kind $label: only services have downtime',
    ({ target, label }) => {
      const facts = factsOf(aNotification({ kind: 'resolved', target, at: later + 5000, resolvedAt: later }));
      expect(facts.at(-1)).toEqual({ label, text: '22 min' });
    },
  );
});

describe('toldOf', () => {
  it.each([
    { kind: 'opened', told: ['It broke.'] },
    { kind: 'reminder', told: ['Still open after 22 min.', 'It broke.'] },
    { kind: 'resolved', told: ['Recovered after 22 min.', 'The alert was: It broke.'] },
    { kind: 'news', told: ['It broke.'] },
  ] as const)('of $kind is $told', ({ kind, told }) => {
    expect(toldOf(aNotification({ kind, description: ' It broke.\r\n', at: later }))).toEqual(told);
  });

  it('is nothing when there is nothing to tell', () => {
    expect(toldOf(aNotification({ description: ' ' }))).toEqual([]);
  });
});

describe('sayMoment', () => {
  it.each([
    {
      utc: '2026-11-21T02:13:04Z',
      timeZone: 'Europe/Berlin',
      says: '2026-11-21 03:13:04 Europe/Berlin (02:13:04 UTC)',
    },
    {
      utc: '2026-11-21T23:30:00Z',
      timeZone: 'Europe/Berlin',
      says: '2026-11-22 00:30:00 Europe/Berlin (2026-11-21 23:30:00 UTC)',
    },
    { utc: '2026-11-21T02:13:04Z', timeZone: 'UTC', says: '2026-11-21 02:13:04 UTC' },
  ])('$utc in $timeZone', ({ utc, timeZone, says }) => {
    expect(sayMoment(Date.parse(utc), timeZone)).toBe(says);
  });
});
