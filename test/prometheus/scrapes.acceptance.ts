import { describe, expect, it } from 'vitest';
import { alarmName } from '../../core/alarms/alarm.ts';
import type { MonitoringDocument } from '../../core/definition/document.ts';
import type { RuleInput } from '../../core/rules/rule.ts';
import type { Duration } from '../../core/time/duration.ts';
import { health, rule } from '../../index.ts';
import { aDocument } from '../support/a-document.ts';
import { playSamples } from './play-in-promtool.ts';

// Exported rules over samples as scrapes bring them: at any second of a minute, now and then late. A fault of more minutes
// than a rule waits for fires, and without a break; one of fewer does not fire at all.

/** When a target is scraped: at the offset, each scrape later by what the list says in turn. */
interface Scrapes {
  every: number;
  offset: number;
  late: readonly number[];
}

const secondsOf = ({ every, offset, late }: Scrapes, until: number): Set<number> =>
  new Set(Array.from({ length: Math.ceil(until / every) }, (_, i) => offset + i * every + late[i % late.length]!));

/** What a service shows at a second, where it is faulty in these minutes: the values of each of its series. */
type Shown = (at: number, from: number, to: number) => Record<string, number>;

/** A gauge, published once a minute: 9 in a minute of the fault, else 1. */
const gauge: Shown = (at, from, to) => {
  const minute = Math.floor(at / 60);
  return { '': minute >= from && minute < to ? 9 : 1 };
};
const faultSeconds = (at: number, from: number, to: number) => Math.min(Math.max(at - from * 60, 0), (to - from) * 60);
/** A counter of 100 a minute during the fault, else it stands still. */
const counter: Shown = (at, from, to) => ({ '': Math.floor((faultSeconds(at, from, to) * 100) / 60) });
/** A histogram of a request a second, each of 0.5 s, or of 4 s during the fault. */
const histogram: Shown = (at, from, to) => {
  const slow = faultSeconds(at, from, to);
  return {
    '_bucket{le="1"}': at - slow,
    '_bucket{le="5"}': at,
    '_bucket{le="+Inf"}': at,
    _sum: (at - slow) * 0.5 + slow * 4,
    _count: at,
  };
};

const limit = (metric: string, statistic: string, threshold: number, of: object = {}): RuleInput =>
  rule({
    id: 'high',
    tier: 'high',
    metric,
    statistic: statistic as 'Sum',
    comparison: 'above',
    threshold,
    for: '1 minute',
    missingData: 'missing',
    summary: 's',
    description: 'd',
    runbook: { because: 'a test' },
    ...of,
  });

const metrics = {
  Depth: { unit: 'Count', definition: 'd', calculation: 'c', prometheus: 'queueDepth' },
  Restarts: { unit: 'Count', definition: 'd', calculation: 'c', prometheus: 'restarts_total' },
  PageSeconds: { unit: 'Seconds', definition: 'd', calculation: 'One value a request.', prometheus: 'page_seconds' },
} as const;

const kinds: readonly [name: string, series: string, shown: Shown, rule: (minutes: number) => RuleInput][] = [
  ['a gauge by its greatest value', 'queueDepth', gauge, (n) => limit('Depth', 'Maximum', 5, lasting(n))],
  ['a gauge by its mean', 'queueDepth', gauge, (n) => limit('Depth', 'Average', 5, lasting(n))],
  ['a gauge by its sum', 'queueDepth', gauge, (n) => limit('Depth', 'Sum', 5, lasting(n))],
  [
    'a gauge of which missing data is a breach',
    'queueDepth',
    gauge,
    (n) => limit('Depth', 'Maximum', 5, { ...lasting(n), missingData: 'breaching' }),
  ],
  ['a counter', 'restarts_total', counter, (n) => limit('Restarts', 'Sum', 50, lasting(n))],
  ['a histogram by a percentile', 'page_seconds', histogram, (n) => limit('PageSeconds', 'p90', 2, lasting(n))],
  ['a histogram by its mean', 'page_seconds', histogram, (n) => limit('PageSeconds', 'Average', 2, lasting(n))],
];

const lasting = (minutes: number): { for: Duration } => ({ for: `${minutes} minutes` });

const scrapes: readonly [string, Scrapes][] = [
  ['every 15 s', { every: 15, offset: 0, late: [0] }],
  ['every 15 s, at the seventh second, some late', { every: 15, offset: 7, late: [0, 1, 0, 0, 3, 1] }],
  ['every 30 s, at the last second', { every: 30, offset: 29, late: [0, 0, 2, 1] }],
  ['each minute, at the minute', { every: 60, offset: 0, late: [0] }],
  ['each minute, at the minute or a second later', { every: 60, offset: 0, late: [0, 1, 0, 0, 1, 1, 0] }],
  ['each minute, in the middle of it', { every: 60, offset: 30, late: [0, 2, 1] }],
  ['each minute, at its last second or early in the next', { every: 60, offset: 58, late: [0, 1, 4, 2, 0, 3] }],
];

const start = 12;

/** The minutes in which a rule of `waits` minutes fires in a fault of `lasts` minutes. */
function firesIn(kind: (typeof kinds)[number], when: Scrapes, { waits, lasts }: { waits: number; lasts: number }) {
  const [, name, shown, said] = kind;
  const until = (start + lasts + 15) * 60;
  const document = aDocument({
    metrics,
    services: { a: { url: 'https://a.example.com', rules: [said(waits)], checks: [health({ every: '1 minute' })] } },
    batchJobs: {},
    volumes: {},
  });
  const firing = playSamples(document, {
    samples: samplesOf(name, shown, secondsOf(when, until), lasts, until),
    samplesEvery: 1,
    scrapeSeconds: when.every,
    everySeconds: 60,
    untilSeconds: until,
  });
  const alarm = nameIn(document);
  // Before the first scrape everything is missing.
  const minutes = [...firing].filter(([, alarms]) => alarms.has(alarm)).map(([at]) => at / 60);
  return minutes.filter((minute) => minute > 2);
}

const nameIn = (document: MonitoringDocument) => alarmName(document, { kind: 'service', name: 'a' }, 'high');

function samplesOf(name: string, shown: Shown, scraped: ReadonlySet<number>, lasts: number, until: number) {
  return Object.keys(shown(0, start, start + lasts)).map((part) => {
    const [, suffix, le] = /^(\w*)(?:\{(.*)\})?$/.exec(part)!;
    const values = Array.from({ length: until }, (_, at) =>
      scraped.has(at) ? String(shown(at, start, start + lasts)[part]) : '_',
    );
    return { series: `${name}${suffix}{service="a",job="ml"${le ? `,${le}` : ''}}`, values: values.join(' ') };
  });
}

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

describe.each(scrapes)('scraped %s', (_, when) => {
  it.each(kinds)('%s fires without a break while a fault lasts', (...kind) => {
    for (const waits of [1, 4]) {
      const lasts = waits + 5;
      const fired = firesIn(kind, when, { waits, lasts });
      // Two scrapes until it is seen, and the wait; until it is over, and two scrapes more.
      expect(fired).toEqual(range(fired[0]!, fired.at(-1)!));
      expect(fired[0]).toBeGreaterThanOrEqual(start + waits - 1);
      expect(fired[0]).toBeLessThanOrEqual(start + waits + 2);
      expect(fired.at(-1)).toBeGreaterThanOrEqual(start + lasts - 1);
      expect(fired.at(-1)).toBeLessThanOrEqual(start + lasts + 2);
    }
  });

  it.each(kinds)('%s does not fire in a fault that is too short', (...kind) => {
    expect(firesIn(kind, when, { waits: 5, lasts: 2 })).toEqual([]);
  });
});
