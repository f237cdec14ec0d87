import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MemoryMetricSeries } from '../../adapters/memory-metric-series.ts';
import type { Datum } from '../../core/metrics/metric.ts';

const of = { Service: 'classifier' };
const datum = (at: number, value: number, dimensions: Datum['dimensions'] = of): Datum => ({
  metric: 'ServiceUp',
  unit: 'None',
  dimensions,
  at,
  value,
});

describe('MemoryMetricSeries', () => {
  it('answers the points of one series in a range without its end', async () => {
    const series = new MemoryMetricSeries();
    await series.publish([datum(1, 10), datum(2, 20), datum(3, 30), datum(2, 99, { Service: 'ranker' })]);
    expect(await series.points('ServiceUp', of, 1, 3)).toEqual([
      { at: 1, value: 10 },
      { at: 2, value: 20 },
    ]);
    expect(await series.points('ServiceUp', { Service: 'ranker' }, 0, 9)).toEqual([{ at: 2, value: 99 }]);
    expect(await series.points('ModelLoaded', of, 0, 9)).toEqual([]);
  });

  it('does not mind in which order dimensions are named', async () => {
    const series = new MemoryMetricSeries();
    await series.publish([datum(1, 10, { a: 'x', b: 'y' })]);
    expect(await series.points('ServiceUp', { b: 'y', a: 'x' }, 0, 9)).toHaveLength(1);
  });

  it('in any order of arrival keeps the last value of each moment, in order of time', async () => {
    const published = fc.array(fc.record({ at: fc.integer({ min: 0, max: 30 }), value: fc.integer() }));
    await fc.assert(
      fc.asyncProperty(published, async (points) => {
        const series = new MemoryMetricSeries();
        await series.publish(points.map(({ at, value }) => datum(at, value)));
        const last = new Map(points.map(({ at, value }) => [at, value]));
        const expected = [...last].sort(([one], [other]) => one - other).map(([at, value]) => ({ at, value }));
        expect(await series.points('ServiceUp', of, 0, 31)).toEqual(expected);
      }),
    );
  });
});
