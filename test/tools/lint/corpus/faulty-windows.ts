import { type Declared, type Row, row, when } from './row.ts';

const percent: Declared = { unit: 'Percent', range: { min: 0, max: 100 } };
const seconds: Declared = { unit: 'Seconds', range: { min: 0 } };
const count: Declared = { unit: 'Count', range: { min: 0 } };
const zeroOrOne: Declared = { unit: 'None', calculation: '0 or 1', range: { min: 0, max: 1 } };
const gigabytes: Declared = { unit: 'Gigabytes', range: { min: 0 } };

const samples: readonly Row[] = [
  row(
    'a Sum of percent',
    'PayErrorPercent',
    percent,
    [when('Sum', 'above', 5, '5 minutes', { period: '5 minutes' })],
    ['sum-of-gauge'],
  ),
  row(
    'a Sum of free space',
    'CertificateDaysLeft',
    undefined,
    [when('Sum', 'below', 14, '5 minutes', { period: '5 minutes' })],
    ['sum-of-gauge'],
  ),
  row(
    'a Sum of a rate',
    'DiskReads',
    { unit: 'Bytes/Second' },
    [when('Sum', 'above', 5_000_000, '5 minutes')],
    ['sum-of-gauge'],
  ),
  row(
    'a p99 that requires 1000 samples and has one a minute',
    'JobSeconds',
    seconds,
    [when('p99', 'above', 90, '5 minutes', { fewSamples: 'ignore' })],
    ['percentile-of-few-samples'],
  ),
  row(
    'a p95 of one value an hour',
    'AccuracyPercent',
    undefined,
    [when('p95', 'below', 85, '1 hour')],
    ['percentile-of-few-samples'],
  ),
  row(
    'a p99 of twelve values of a user metric',
    'SyncSeconds',
    { ...seconds, every: '5 minutes' },
    [when('p99', 'above', 60, '1 hour', { period: '1 hour' })],
    ['percentile-of-few-samples'],
  ),
  row(
    'a p0, which no number of samples makes significant',
    'RequestSeconds',
    undefined,
    [when('p0', 'above', 1, '5 minutes', { fewSamples: 'ignore' })],
    ['percentile-of-few-samples'],
  ),
  row(
    'one late point is a breach',
    'Up',
    zeroOrOne,
    [when('Minimum', 'below', 1, '1 minute', { missingData: 'breaching' })],
    ['one-late-datapoint'],
  ),
  row(
    'one late point of two is enough',
    'Up',
    zeroOrOne,
    [when('Minimum', 'below', 1, '2 minutes', { datapointsToAlarm: 1, missingData: 'breaching' })],
    ['one-late-datapoint'],
  ),
  row(
    'a daily heartbeat that may not be a minute late',
    'NightlyBeat',
    { ...count, every: '1 day' },
    [when('Maximum', 'below', 1, '1 day', { missingData: 'breaching' })],
    ['one-late-datapoint'],
  ),
  row(
    'a stopped publisher looks healthy',
    'QueueFreePercent',
    percent,
    [when('Average', 'below', 10, '5 minutes', { missingData: 'notBreaching' })],
    ['missing-data-hides-failure'],
  ),
  row(
    'a p95 of one value a minute, declared in its calculation',
    'CacheSeconds',
    { ...seconds, calculation: 'One value a minute: the mean.' },
    [when('p95', 'above', 1, '5 minutes')],
    ['percentile-of-few-samples'],
  ),
];

const times: readonly Row[] = [
  row(
    '1 of 60: one bad minute fires, for an hour',
    'PayErrorPercent',
    percent,
    [when('Average', 'above', 10, '1 hour', { datapointsToAlarm: 1 })],
    ['one-of-many-datapoints'],
  ),
  row(
    '1 of 5 of a gauge',
    'CpuPercent',
    percent,
    [when('Average', 'above', 90, '5 minutes', { datapointsToAlarm: 1 })],
    ['one-of-many-datapoints'],
  ),
  row(
    'critical after 4 of 12 points of five minutes',
    'QueueDepth',
    count,
    [when('Maximum', 'above', 1000, '1 hour', { period: '5 minutes', datapointsToAlarm: 4, tier: 'critical' })],
    ['slow-to-fire'],
  ),
  row(
    'reminds every minute',
    'Orders',
    count,
    [when('Sum', 'below', 1, '5 minutes', { remindEvery: '1 minute' })],
    ['frequent-reminders'],
  ),
  row(
    'critical, without actions',
    'PayErrorPercent',
    percent,
    [when('Average', 'above', 60, '3 minutes', { tier: 'critical', actions: [] })],
    ['no-actions'],
  ),
  row(
    '2 of 60',
    'PayErrorPercent',
    percent,
    [when('Average', 'above', 10, '1 hour', { datapointsToAlarm: 2 })],
    ['one-of-many-datapoints'],
  ),
];

const pairs: readonly Row[] = [
  row(
    'one condition twice, once with M = N',
    'PayErrorPercent',
    percent,
    [when('Average', 'above', 20, '3 minutes'), when('Average', 'above', 20, '3 minutes', { datapointsToAlarm: 3 })],
    ['duplicate'],
  ),
  row(
    'one condition twice, in other words',
    'PayErrorPercent',
    percent,
    [when('Average', 'above', 20, '180 seconds'), when('Average', 'above', 20, '3 minutes', { period: '1 minute' })],
    ['duplicate'],
  ),
  row(
    'below 1 and at or below 0 of a yes or no',
    'ServiceUp',
    undefined,
    [when('Maximum', 'below', 1, '3 minutes'), when('Minimum', 'atOrBelow', 0, '3 minutes')],
    ['duplicate'],
  ),
  row(
    'a medium rule silences a critical one',
    'PayErrorPercent',
    percent,
    [
      when('Average', 'above', 30, '3 minutes', { tier: 'medium', inhibits: ['b'] }),
      when('Average', 'above', 60, '3 minutes', { tier: 'critical' }),
    ],
    ['inhibits-more-severe'],
  ),
  row(
    'a loose limit silences a strict one of its tier',
    'PayErrorPercent',
    percent,
    [when('Average', 'above', 5, '3 minutes', { inhibits: ['b'] }), when('Average', 'above', 50, '3 minutes')],
    ['inhibits-more-severe'],
  ),
  row(
    'a critical limit looser than the medium one',
    'SpareGigabytes',
    gigabytes,
    [
      when('Minimum', 'below', 20, '5 minutes', { tier: 'critical' }),
      when('Minimum', 'below', 5, '5 minutes', { tier: 'medium' }),
    ],
    ['tiers-inverted'],
  ),
  row(
    'a critical rule of the same limit that is quicker than the high one',
    'PayErrorPercent',
    percent,
    [when('Average', 'above', 5, '2 minutes', { tier: 'critical' }), when('Average', 'above', 5, '10 minutes')],
    ['tiers-inverted'],
  ),
  row(
    'three rules inhibit each other in a cycle',
    'QueueDepth',
    count,
    [
      when('Maximum', 'above', 1, '5 minutes', { inhibits: ['b'] }),
      when('Maximum', 'above', 2, '5 minutes', { inhibits: ['c'] }),
      when('Maximum', 'above', 3, '5 minutes', { inhibits: ['a'] }),
    ],
    ['inhibition-cycle'],
  ),
  row(
    'above 0 and at or above 1 of a count',
    'Orphans',
    count,
    [when('Sum', 'above', 0, '5 minutes'), when('Sum', 'atOrAbove', 1, '5 minutes')],
    ['duplicate'],
  ),
];

/** Rules that look at the wrong number of values, at the wrong time, or get into each other's way. */
export const faultyWindows: readonly Row[] = [...samples, ...times, ...pairs];
