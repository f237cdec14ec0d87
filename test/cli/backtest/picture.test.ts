import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDefinition } from '../../../catalog/parse-definition.ts';
import { downSample } from '../../../cli/backtest/down-sample.ts';
import { drawPage } from '../../../cli/backtest/page.ts';
import { drawSvg, type Shown } from '../../../cli/backtest/picture.ts';
import { formatMark, timeMarks } from '../../../cli/backtest/time-axis.ts';
import { backtest } from '../../../tools/backtest/backtest.ts';
import { recordingOf } from '../../../tools/backtest/recording.ts';
import { metricRules, variantsOf } from '../../../tools/backtest/variants.ts';
import { aDefinition } from '../../support/a-document.ts';

const start = Date.parse('2026-10-24T22:00:00Z');

describe('the points of a drawn line', () => {
  const drawn = (datapoints: (number | undefined)[], columns: number) =>
    downSample({ datapoints, stepMs: 60_000 }, 0, columns).map(([at, value]) => [at / 60_000, value]);

  it.each([
    [
      'all of them, where there is room',
      [1, 2, 3],
      10,
      [
        [0, 1],
        [1, 2],
        [2, 3],
      ],
    ],
    [
      'a break for a gap',
      [1, undefined, 3],
      10,
      [
        [0, 1],
        [1, null],
        [2, 3],
      ],
    ],
    [
      'peak and dip of each column, in the order of time',
      [5, 1, 9, 5, 2, 2, 7, 3],
      2,
      [
        [1, 1],
        [2, 9],
        [4, 2],
        [6, 7],
      ],
    ],
    [
      'a lone value between gaps in its column',
      [undefined, 4, undefined, undefined],
      2,
      [
        [1, 4],
        [2, null],
      ],
    ],
  ])('%s', (_, datapoints, columns, expected) => {
    expect(drawn(datapoints, columns)).toEqual(expected);
  });

  it('are few, and never lose the greatest or the least', () => {
    const series = fc.array(fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }), { nil: undefined }), {
      minLength: 1,
      maxLength: 500,
    });
    fc.assert(
      fc.property(series, fc.integer({ min: 1, max: 60 }), (datapoints, columns) => {
        const values = drawn(datapoints, columns).flatMap(([, value]) => (value == null ? [] : [value]));
        const real = datapoints.filter((value) => value !== undefined);
        expect(values.length).toBeLessThanOrEqual(2 * columns + 1);
        if (real.length > 0)
          expect([Math.min(...values), Math.max(...values)]).toEqual([Math.min(...real), Math.max(...real)]);
      }),
    );
  });
});

describe('the axis of time', () => {
  it('has its marks at midnight of the people, also when the clock is changed', () => {
    const marks = timeMarks(start, start + 3 * 86_400_000, 'Europe/Berlin', 5);
    expect(marks.map((at) => new Date(at).toISOString())).toEqual([
      '2026-10-24T22:00:00.000Z',
      '2026-10-25T23:00:00.000Z',
      '2026-10-26T23:00:00.000Z',
    ]);
    expect(marks.map((at) => formatMark(at, 'Europe/Berlin'))).toEqual(['25 Oct', '26 Oct', '27 Oct']);
  });

  it.each([
    ['an hour', 1 / 24, '00:05'],
    ['a day', 1, '03:00'],
    ['a year', 365, '1 Dec'],
    ['ten years', 3650, '1 Jan'],
  ])('is as fine as there is room: %s', (_, days, second) => {
    const marks = timeMarks(start, start + days * 86_400_000, 'Europe/Berlin', 16);
    expect(marks.length).toBeGreaterThan(2);
    expect(marks.length).toBeLessThanOrEqual(16);
    expect(formatMark(marks[1]!, 'Europe/Berlin')).toBe(second);
  });
});

describe('the picture of a backtest', () => {
  const document = parseDefinition(aDefinition(), { world: 'laptop' });
  const shown = (durations: number[]): Shown => {
    const values = Array.from({ length: 600 }, (_, i) => (i > 100 && i < 130 ? 0 : 1));
    const recording = recordingOf(values.map((value, i) => ({ at: start + i * 60_000, value })));
    const recorded = { recording, warnings: [], source: 'values.csv' };
    const outages = [{ from: start + 6_000_000, to: start + 7_800_000, label: 'disk <full>' }];
    const variants = variantsOf(document, metricRules(document).get('classifier/service-down')!, {
      thresholds: [],
      durations,
    });
    const yardstick = { timeZone: 'Europe/Berlin', flapWithinSeconds: 900, outages };
    return {
      name: 'classifier/service-down',
      condition: 'ServiceUp (Maximum of 1 min) < 1, 3 of 3',
      results: [...backtest(variants, recorded, yardstick)],
      recorded,
      outages,
      timeZone: 'Europe/Berlin',
    };
  };

  it.each([
    'classifier/service-down',
    'ServiceUp (Maximum of 1 min)',
    '1 alert, ',
    'Europe/Berlin',
    'labelled outage',
    'disk &lt;full&gt;',
    '05:00',
  ])('says %s', (text) => {
    expect(drawSvg(shown([]))).toContain(text);
  });

  it('has a lane for each variant, when there are several', () => {
    expect(drawSvg(shown([]))).not.toContain('1 for 10 min');
    expect(drawSvg(shown([600]))).toMatch(/\* 1 for .*1 for 10 min/s);
  });

  it('is an SVG by itself, or a page without script and without anything from elsewhere', () => {
    expect(drawSvg(shown([]))).toMatch(
      /^<svg role="img" [^>]*xmlns="http:\/\/www.w3.org\/2000\/svg"[^>]*><title>Backtest of classifier\/service-down: ServiceUp/,
    );
    const page = drawPage(shown([]), 'a < b');
    expect(page).toContain('<pre>a &lt; b</pre>');
    expect(page).not.toMatch(/<script|(src|href)=/);
  });
});
