import { describe, expect, it } from 'vitest';
import { factsOf, formatMoment, paragraphsOf } from '../../../core/delivery/wording.ts';
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
    { what: 'a service that was down', down: true, label: 'Downtime' },
    { what: 'a service that was slow', down: false, label: 'Lasted' },
    { what: 'an incident of a version that did not say', down: undefined, label: 'Lasted' },
  ] as const)('call the length of $what $label', ({ down, label }) => {
    const facts = factsOf(aNotification({ kind: 'resolved', down, at: later + 5000, resolvedAt: later }));
    expect(facts.at(-1)).toEqual({ label, text: '22 min' });
  });

  it('count from when it broke, not from when the alarm had waited its time', () => {
    const startedAt = opened.openedAt - 3 * 60_000;
    const facts = factsOf(aNotification({ kind: 'resolved', down: true, startedAt, resolvedAt: later }));
    expect(facts).toContainEqual({ label: 'Since', at: startedAt });
    expect(facts.at(-1)).toEqual({ label: 'Downtime', text: '25 min' });
  });

  it('say nothing of an end that is not known', () => {
    const labels = factsOf(aNotification({ kind: 'resolved', resolvedAt: undefined })).map(({ label }) => label);
    expect(labels).toEqual(['Service', 'Severity', 'Value', 'Threshold', 'Since']);
  });
});

describe('paragraphsOf', () => {
  it.each([
    { kind: 'opened', told: ['It broke.'] },
    { kind: 'reminder', told: ['Still open after 22 min.', 'It broke.'] },
    { kind: 'resolved', told: ['Recovered after 22 min.', 'Original alert: It broke.'] },
    { kind: 'news', told: ['It broke.'] },
  ] as const)('of $kind is $told', ({ kind, told }) => {
    expect(paragraphsOf(aNotification({ kind, description: ' It broke.\r\n', at: later }))).toEqual(told);
  });

  it('name what the last failed check saw, while it lasts and when it is over', () => {
    const cause = 'status 503,\nexpected 200';
    expect(paragraphsOf(aNotification({ description: 'It broke.', cause }))).toEqual([
      'It broke.',
      'Last failed check: status 503, expected 200',
    ]);
    expect(paragraphsOf(aNotification({ kind: 'resolved', description: 'It broke.', cause, at: later }))).toEqual([
      'Recovered after 22 min.',
      'Original alert: It broke.',
      'Cause: status 503, expected 200',
    ]);
  });

  it('begin with what the notifier has to add', () => {
    expect(paragraphsOf(aNotification({ description: 'It broke.', remark: 'This may be a duplicate.' }))[0]).toBe(
      'This may be a duplicate.',
    );
  });

  it('is nothing when there is nothing to tell', () => {
    expect(paragraphsOf(aNotification({ description: ' ' }))).toEqual([]);
  });
});

describe('formatMoment', () => {
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
    expect(formatMoment(Date.parse(utc), timeZone)).toBe(says);
  });
});
