import { describe, expect, it } from 'vitest';
import { CsvPoints, readOutages } from '../../../tools/backtest/csv-rows.ts';
import { readMetricDataDump } from '../../../tools/backtest/metric-data-dump.ts';
import { readMoment } from '../../../tools/backtest/moment.ts';
import type { Recorded } from '../../../tools/backtest/point-collector.ts';
import { readPrometheusDump } from '../../../tools/backtest/prometheus-dump.ts';

const midnight = Date.parse('2026-11-01T00:00:00Z');
const rows = (text: string) => text.split('\n').map((row, i) => ({ line: i + 1, cells: row.split(',') }));

function readCsvText(text: string): Recorded {
  const points = new CsvPoints('file.csv');
  for (const row of rows(text)) points.add(row);
  return points.end();
}

/** Minutes after midnight, with their values. */
const shown = ({ recording: { times, values } }: Recorded) =>
  [...times].map((at, i) => [(at - midnight) / 60_000, values[i]]);

describe('a timestamp in a file', () => {
  it.each([
    ['2026-11-01T00:00:00Z', 'ISO 8601 in UTC'],
    ['2026-11-01T01:00:00+01:00', 'an offset'],
    ['2026-10-31T19:30:00-04:30', 'another offset'],
    ['2026-11-01T00:00:00.000Z', 'milliseconds'],
    ['2026-11-01 01:00:00+0100', 'as a database writes it'],
    ['2026-11-01 01:00:00+01', 'as PostgreSQL writes it'],
    ['2026-11-01 00:00:00Z', 'a blank for the T'],
    ['1793491200', 'epoch seconds'],
    ['1793491200.000', 'epoch seconds with decimals'],
    ['1793491200000', 'epoch milliseconds'],
  ])('%s: %s', (text) => {
    expect(readMoment(text)).toBe(midnight);
  });

  it.each([
    ['2026-11-01T00:00:00', 'has no time zone; write 2026-11-01T00:00:00Z'],
    ['2026-11-01 00:00:00', 'has no time zone'],
    ['2026-02-30T00:00:00Z', 'is not a timestamp'],
    ['2026-11-01', 'is not a timestamp'],
    ['01/11/2026 00:00', 'is not a timestamp'],
    ['yesterday', 'is not a timestamp; expected ISO 8601 with a zone'],
    ['', 'is not a timestamp'],
    ['-5', 'is not a timestamp'],
    ['1793491200000000', 'is more precise than milliseconds'],
  ])('%j %s', (text, says) => {
    expect(readMoment(text)).toEqual({ says: expect.stringContaining(says) });
  });
});

describe('a CSV of values', () => {
  it.each([
    [
      'headings, in any order, among others',
      'host,value,timestamp\na,1,2026-11-01T00:00:00Z\na,2,2026-11-01T00:01:00Z',
    ],
    ['headings in capitals', 'Timestamp,Value\n2026-11-01T00:00:00Z,1\n2026-11-01T00:01:00Z,2'],
    ['no headings', '1793491200,1\n1793491260,2'],
    ['mixed time zones: each row says exactly when', '2026-11-01T01:00:00+01:00,1\n2026-10-31T20:01:00-04:00,2'],
    ['seconds in one row, milliseconds in the next', '1793491200,1\n1793491260000,2'],
    ['numbers as programs write them', '1793491200,+1.0\n1793491260,.2e1'],
  ])('takes %s', (_, text) => {
    expect(shown(readCsvText(text))).toEqual([
      [0, 1],
      [1, 2],
    ]);
  });

  it.each([
    ['a missing minute', '1793491200,1\n1793491380,4', []],
    ['an empty value', '1793491200,1\n1793491260,\n1793491380,4', ['1 value is empty or NaN: missing data']],
    ['NaN', '1793491200,1\n1793491260,NaN\n1793491380,4', ['1 value is empty or NaN: missing data']],
    [
      'infinity, which CloudWatch refuses',
      '1793491200,1\n1793491260,Inf\n1793491320,-Infinity\n1793491380,4',
      ['2 values are infinite, which CloudWatch refuses: missing data'],
    ],
    [
      'a value beyond all floating point numbers',
      '1793491200,1\n1793491260,1e999\n1793491380,4',
      ['1 value is infinite, which CloudWatch refuses: missing data'],
    ],
    [
      'a point that occurs twice',
      '1793491200,1\n2026-11-01T00:00:00Z,1.0\n1793491380,4',
      ['1 point occurs twice with the same value and was counted once'],
    ],
    [
      'a gap that a later row with the same timestamp fills',
      '1793491200,\n1793491200,1\n1793491380,4',
      ['1 value is empty or NaN: missing data'],
    ],
  ])('%s is no problem', (_, text, warnings) => {
    const recorded = readCsvText(text);
    expect(shown(recorded)).toEqual([
      [0, 1],
      [3, 4],
    ]);
    expect(recorded.warnings).toEqual(warnings);
  });

  it.each([
    [
      'text for a number',
      '1793491200,1\n1793491260,n/a',
      'line 2: "n/a" is not a number; write a number such as 3 or 0.25',
    ],
    ['a decimal comma', '1793491200,1,5', 'line 1: has 3 fields; expected 2'],
    ['a hexadecimal number', '1793491200,0x10', 'line 1: "0x10" is not a number'],
    [
      'two values with one timestamp',
      '1793491200,1\n1793491200,2',
      'line 2: 1793491200 has the value 2, but 1 in line 1; keep one of the two',
    ],
    [
      'time that goes backwards',
      '1793491260,1\n1793491200,2',
      'line 2: 1793491200 is before 1793491260 in line 1; sort the rows by time',
    ],
    ['time that goes backwards at an invalid value', '1793491260,x\n1793491200,2', 'line 2: 1793491200 is before'],
    ['a row too short', '1793491200,1\n1793491260', 'line 2: has 1 field; expected 2'],
    ['no row', '', 'line 1: has 1 field; expected 2'],
    ['only headings', 'timestamp,value', 'line 1: has no value; a backtest needs at least one'],
    ['only gaps', '1793491200,', 'has no value'],
    [
      'other headings',
      'date,p99\n1793491200,1',
      'line 1: found "date", "p99"; expected the headings timestamp and value',
    ],
    ['semicolons', 'timestamp;value', 'expected the headings timestamp and value, separated by commas'],
  ])('%s', (_, text, says) => {
    expect(() => readCsvText(text)).toThrow(says);
  });

  it('reports all problems at once, ten of them in full', () => {
    const text = Array.from({ length: 1234 }, (_, i) => `${1793491200 + i * 60},x`).join('\n');
    expect(() => readCsvText(text)).toThrow(
      /^file.csv has 1,234 problems:\n {2}line 1: .*(\n {2}line \d+: .*){9}\n {2}and 1,224 more$/,
    );
  });
});

describe('a CSV of outages', () => {
  it('reads start, end and a label, with or without headings, in any order', () => {
    const text =
      'start,end,label\n2026-11-02T00:00:00Z,2026-11-02T01:00:00Z,disk\n2026-11-01T01:00:00+01:00,1793494800';
    expect(readOutages('o.csv', rows(text))).toEqual([
      { from: midnight, to: midnight + 3_600_000 },
      { from: midnight + 86_400_000, to: midnight + 90_000_000, label: 'disk' },
    ]);
    expect(readOutages('o.csv', rows('1793491200,1793494800'))).toHaveLength(1);
  });

  it.each([
    ['1793491200,1793491200', 'line 1: ends at 1793491200, not after its start at 1793491200'],
    ['start,end\n1793491200,soon', 'line 2: "soon" is not a timestamp'],
    ['1793491200', 'line 1: "" is not a timestamp'],
    ['start,end', 'line 1: has no outage; expected start,end'],
  ])('%j: %s', (text, says) => {
    expect(() => readOutages('o.csv', rows(text))).toThrow(says);
  });
});

describe('a Prometheus range dump', () => {
  const series = (labels: Record<string, string>, values: unknown[]) => ({
    metric: { __name__: 'latency', ...labels },
    values,
  });
  const dump = (...result: unknown[]) => ({ status: 'success', data: { resultType: 'matrix', result } });
  const two = dump(
    series({ job: 'a', env: 'x' }, [[1793491200, '1']]),
    series({ job: 'b', env: 'x' }, [[1793491200, '2']]),
  );

  it('reads the one series; NaN, staleness markers and infinities are missing data', () => {
    const recorded = readPrometheusDump(
      'd.json',
      dump(
        series({}, [
          [1793491200, '1'],
          [1793491260, 'NaN'],
          [1793491320, '+Inf'],
          [1793491380.5, '1e+06'],
        ]),
      ),
      undefined,
    );
    expect(shown(recorded)).toEqual([
      [0, 1],
      [3 + 0.5 / 60, 1e6],
    ]);
    expect(recorded.warnings).toHaveLength(2);
  });

  it.each(['job="b"', '{job="b"}', ' job = "b" , env="x"'])('reads the series that %s selects', (selector) => {
    expect(shown(readPrometheusDump('d.json', two, selector))).toEqual([[0, 2]]);
  });

  it.each([
    [
      'several series',
      two,
      undefined,
      'has 2 series; select one, for example --series \'instance="a"\':\n  latency{job="a", env="x"}',
    ],
    ['a selector of several', two, 'env="x"', 'has 2 series'],
    ['a selector of none', two, 'job="c"', 'has no such series; it has 2:'],
    ['an invalid selector', two, 'job=c', 'does not select labels'],
    ['a response without series', dump(), undefined, 'has no series'],
    ['an instant query', { status: 'success', data: { resultType: 'vector', result: [] } }, undefined, 'has a vector'],
    [
      'a failed query',
      { status: 'error', errorType: 'bad_data', error: 'parse error' },
      undefined,
      'bad_data: parse error',
    ],
    ['histograms', dump({ metric: {}, histograms: [] }), undefined, 'has native histograms'],
    ['something else', [], undefined, 'is not a response of /api/v1/query_range'],
    [
      'invalid samples',
      dump(series({}, [[1793491200, 1], ['x']])),
      undefined,
      /has 2 problems:\n.*values\[0\]: found \[1793491200,1\]; expected/,
    ],
  ])('%s', (_, content, selector, says) => {
    expect(() => readPrometheusDump('d.json', content, selector)).toThrow(says);
  });
});

describe('the output of aws cloudwatch get-metric-data', () => {
  const result = (more: object = {}) => ({
    Id: 'm1',
    Label: 'p99 of classifier',
    Timestamps: ['2026-11-01T00:01:00+00:00', '2026-11-01T00:00:00+00:00'],
    Values: [2, 1],
    StatusCode: 'Complete',
    ...more,
  });

  it.each([undefined, 'm1', 'p99 of classifier'])(
    'reads the newest value first, as CloudWatch returns them; selected by %s',
    (selector) => {
      const recorded = readMetricDataDump('m.json', { MetricDataResults: [result()] }, selector);
      expect(shown(recorded)).toEqual([
        [0, 1],
        [1, 2],
      ]);
      expect(recorded.warnings).toEqual([]);
    },
  );

  it('warns of an incomplete response', () => {
    const content = { MetricDataResults: [result({ StatusCode: 'PartialData' })], NextToken: 'x' };
    expect(readMetricDataDump('m.json', content, undefined).warnings).toEqual([
      'the response has a NextToken, so it is only the first page',
      'm1 has the status PartialData: CloudWatch did not return all values',
    ]);
  });

  it.each([
    [
      'several results',
      { MetricDataResults: [result(), result({ Id: 'm2' })] },
      'has 2 series; select one, for example --series <Id>:\n  m1  p99',
    ],
    ['no results', { MetricDataResults: [] }, 'has no series'],
    ['columns of two lengths', { MetricDataResults: [result({ Values: [1] })] }, 'has 2 timestamps and 1 values'],
    [
      'an invalid timestamp',
      { MetricDataResults: [result({ Timestamps: ['x', '1793491200'] })] },
      'Timestamps[0]: "x" is not a timestamp',
    ],
    ['a dump of something else', { Datapoints: [] }, 'is not the output of aws cloudwatch get-metric-data'],
    [
      'a value that is not a number',
      { MetricDataResults: [result({ Values: ['1', 2] })] },
      'at MetricDataResults.0.Values.0',
    ],
  ])('%s', (_, content, says) => {
    expect(() => readMetricDataDump('m.json', content, undefined)).toThrow(says);
  });
});
