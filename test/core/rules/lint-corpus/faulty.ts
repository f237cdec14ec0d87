import { type Declared, type Row, row, when } from './row.ts';

const percent: Declared = { unit: 'Percent', range: { min: 0, max: 100 } };
const seconds: Declared = { unit: 'Seconds', range: { min: 0 } };
const count: Declared = { unit: 'Count', range: { min: 0 } };
const zeroOrOne: Declared = { unit: 'None', calculation: '0 or 1', range: { min: 0, max: 1 } };
const gigabytes: Declared = { unit: 'Gigabytes', range: { min: 0 } };

const threshold: readonly Row[] = [
  row(
    'a SampleCount below 1 with missing: without a sample there is no datapoint',
    'Beat',
    count,
    [when('SampleCount', 'below', 1, '5 minutes')],
    ['never-fires'],
  ),
  row(
    'the same with ignore',
    'Beat',
    count,
    [when('SampleCount', 'atOrBelow', 0, '5 minutes', { missingData: 'ignore' })],
    ['never-fires'],
  ),
  row(
    'the same with notBreaching',
    'Beat',
    count,
    [when('SampleCount', 'below', 1, '5 minutes', { missingData: 'notBreaching' })],
    ['never-fires', 'silence-is-health'],
  ),
  row(
    'a heartbeat of ones that waits for a lower Sum',
    'Beat',
    { ...count, range: { min: 1, max: 1 } },
    [when('Sum', 'below', 1, '5 minutes')],
    ['never-fires'],
  ),
  row('a Sum above 1 of one 0 or 1 a minute', 'Up', zeroOrOne, [when('Sum', 'above', 1, '1 minute')], ['never-fires']),
  row(
    'more samples than the check measures',
    'ResponseSeconds',
    undefined,
    [when('SampleCount', 'above', 1, '5 minutes')],
    ['never-fires'],
  ),
  row(
    'more yeses than there are checks',
    'ServiceUp',
    undefined,
    [when('Sum', 'above', 5, '5 minutes', { period: '5 minutes', tier: 'info' })],
    ['never-fires'],
  ),
  row('a share of 1 above 20', 'DriftScore', undefined, [when('Maximum', 'above', 20, '10 minutes')], ['never-fires']),
  row('any sample is one', 'Beat', count, [when('SampleCount', 'atOrAbove', 1, '5 minutes')], ['always-fires']),
  row(
    'two samples where one is measured',
    'ServiceUp',
    undefined,
    [when('SampleCount', 'below', 2, '5 minutes')],
    ['always-fires'],
  ),
  row('at or above zero', 'QueueDepth', count, [when('Average', 'atOrAbove', 0, '5 minutes')], ['always-fires']),
  row(
    'errors below a limit',
    'PayErrorPercent',
    percent,
    [when('Average', 'below', 5, '5 minutes')],
    ['wrong-direction'],
  ),
  row(
    'free space above a limit',
    'FreeSpaceGigabytes',
    gigabytes,
    [when('Minimum', 'above', 5, '5 minutes')],
    ['wrong-direction'],
  ),
  row(
    'days left above a limit',
    'CertificateDaysLeft',
    undefined,
    [when('Minimum', 'above', 14, '15 minutes')],
    ['wrong-direction'],
  ),
  row(
    'accuracy above a limit',
    'AccuracyPercent',
    undefined,
    [when('Average', 'above', 85, '1 hour')],
    ['wrong-direction'],
  ),
  row(
    'latency below a limit',
    'RequestSeconds',
    undefined,
    [when('p95', 'below', 2, '5 minutes')],
    ['wrong-direction'],
  ),
  row(
    'declared to be better when low, and watched from below',
    'Backlog',
    { ...count, better: 'lower' },
    [when('Maximum', 'below', 100, '5 minutes')],
    ['wrong-direction'],
  ),
];

const units: readonly Row[] = [
  row(
    'a share of 1 where percent are meant',
    'CpuPercent',
    percent,
    [when('Average', 'above', 0.9, '5 minutes')],
    ['unit-mismatch'],
  ),
  row(
    'a share of successes where percent are meant',
    'SuccessPercent',
    undefined,
    [when('Average', 'below', 0.95, '5 minutes')],
    ['unit-mismatch'],
  ),
  row(
    'milliseconds where seconds are meant, of a page',
    'PageSeconds',
    { ...seconds, calculation: 'one a request' },
    [when('p95', 'above', 120, '5 minutes', { period: '5 minutes' })],
    ['unit-mismatch'],
  ),
  row(
    '300 ms of a request in seconds',
    'RequestSeconds',
    undefined,
    [when('p95', 'above', 300, '5 minutes')],
    ['unit-mismatch'],
  ),
  row(
    '500 where half a second is meant',
    'QueueTime',
    seconds,
    [when('Average', 'above', 500, '5 minutes')],
    ['unit-mismatch'],
  ),
  row(
    'seconds where milliseconds are meant',
    'ApiLatency',
    { unit: 'Milliseconds', perEvent: true },
    [when('p99', 'above', 2, '5 minutes')],
    ['unit-mismatch'],
  ),
  row(
    'milliseconds where microseconds are meant',
    'ModelLatency',
    { unit: 'Microseconds', perEvent: true },
    [when('p99', 'above', 500, '5 minutes')],
    ['unit-mismatch'],
  ),
  row(
    'bytes where gigabytes are meant',
    'SpareGigabytes',
    gigabytes,
    [when('Minimum', 'below', 5_000_000_000, '5 minutes')],
    ['unit-mismatch'],
  ),
  row(
    'gigabytes where bytes are meant',
    'FreeBytes',
    { unit: 'Bytes', range: { min: 0 } },
    [when('Minimum', 'below', 5, '5 minutes')],
    ['unit-mismatch'],
  ),
  row(
    'seconds in a metric of hours',
    'HoursSinceBackup',
    count,
    [when('Maximum', 'above', 93_600, '5 minutes')],
    ['unit-mismatch'],
  ),
];

const samples: readonly Row[] = [
  row(
    'a Sum of percent',
    'PayErrorPercent',
    percent,
    [when('Sum', 'above', 5, '5 minutes', { period: '5 minutes' })],
    ['sum-of-levels'],
  ),
  row(
    'a Sum of free space',
    'CertificateDaysLeft',
    undefined,
    [when('Sum', 'below', 14, '5 minutes', { period: '5 minutes' })],
    ['sum-of-levels'],
  ),
  row(
    'a Sum of a rate',
    'DiskReads',
    { unit: 'Bytes/Second' },
    [when('Sum', 'above', 5_000_000, '5 minutes')],
    ['sum-of-levels'],
  ),
  row(
    'a p99 that waits for 1000 samples and has one a minute',
    'JobSeconds',
    seconds,
    [when('p99', 'above', 90, '5 minutes', { fewSamples: 'ignore' })],
    ['percentile-of-few'],
  ),
  row(
    'a p95 of one value an hour',
    'AccuracyPercent',
    undefined,
    [when('p95', 'below', 85, '1 hour')],
    ['percentile-of-few'],
  ),
  row(
    'a p99 of twelve values of one’s own',
    'SyncSeconds',
    { ...seconds, every: '5 minutes' },
    [when('p99', 'above', 60, '1 hour', { period: '1 hour' })],
    ['percentile-of-few'],
  ),
  row(
    'a p0, which no number of samples makes significant',
    'RequestSeconds',
    undefined,
    [when('p0', 'above', 1, '5 minutes', { fewSamples: 'ignore' })],
    ['percentile-of-few'],
  ),
  row(
    'one late point is a breach',
    'Up',
    zeroOrOne,
    [when('Minimum', 'below', 1, '1 minute', { missingData: 'breaching' })],
    ['one-late-value'],
  ),
  row(
    'one late point of two is enough',
    'Up',
    zeroOrOne,
    [when('Minimum', 'below', 1, '2 minutes', { datapointsToAlarm: 1, missingData: 'breaching' })],
    ['one-late-value'],
  ),
  row(
    'a daily heartbeat that may not be a minute late',
    'NightlyBeat',
    { ...count, every: '1 day' },
    [when('Maximum', 'below', 1, '1 day', { missingData: 'breaching' })],
    ['one-late-value'],
  ),
  row(
    'dead publishers look well',
    'QueueFreePercent',
    percent,
    [when('Average', 'below', 10, '5 minutes', { missingData: 'notBreaching' })],
    ['silence-is-health'],
  ),
];

const times: readonly Row[] = [
  row(
    '1 of 60: one bad minute fires, for an hour',
    'PayErrorPercent',
    percent,
    [when('Average', 'above', 10, '1 hour', { datapointsToAlarm: 1 })],
    ['one-of-many'],
  ),
  row(
    '1 of 5 of a gauge',
    'CpuPercent',
    percent,
    [when('Average', 'above', 90, '5 minutes', { datapointsToAlarm: 1 })],
    ['one-of-many'],
  ),
  row(
    'critical after 4 of 12 points of five minutes',
    'QueueDepth',
    count,
    [when('Maximum', 'above', 1000, '1 hour', { period: '5 minutes', datapointsToAlarm: 4, tier: 'critical' })],
    ['fires-late'],
  ),
  row(
    'reminds every minute',
    'Orders',
    count,
    [when('Sum', 'below', 1, '5 minutes', { remindEvery: '1 minute' })],
    ['reminds-often'],
  ),
  row(
    'critical, and nobody knows what to do',
    'PayErrorPercent',
    percent,
    [when('Average', 'above', 60, '3 minutes', { tier: 'critical', actions: [] })],
    ['nobody-does'],
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
    ['inhibits-worse'],
  ),
  row(
    'a loose limit silences a strict one of its tier',
    'PayErrorPercent',
    percent,
    [when('Average', 'above', 5, '3 minutes', { inhibits: ['b'] }), when('Average', 'above', 50, '3 minutes')],
    ['inhibits-worse'],
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
    'three rules silence each other in turn',
    'QueueDepth',
    count,
    [
      when('Maximum', 'above', 1, '5 minutes', { inhibits: ['b'] }),
      when('Maximum', 'above', 2, '5 minutes', { inhibits: ['c'] }),
      when('Maximum', 'above', 3, '5 minutes', { inhibits: ['a'] }),
    ],
    ['inhibits-in-a-circle'],
  ),
];

/** Rules that do not do what they were written for, with all that the lint finds. */
export const faulty: readonly Row[] = [...threshold, ...units, ...samples, ...times, ...pairs];
