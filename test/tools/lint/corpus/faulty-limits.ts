import { type Declared, type Row, row, when } from './row.ts';

const percent: Declared = { unit: 'Percent', range: { min: 0, max: 100 } };
const seconds: Declared = { unit: 'Seconds', range: { min: 0 } };
const count: Declared = { unit: 'Count', range: { min: 0 } };
const zeroOrOne: Declared = { unit: 'None', calculation: '0 or 1', range: { min: 0, max: 1 } };
const gigabytes: Declared = { unit: 'Gigabytes', range: { min: 0 } };

/** Limits on the wrong side, out of reach, or in another unit. */
const thresholds: readonly Row[] = [
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
    ['never-fires', 'missing-data-hides-failure'],
  ),
  row(
    'a heartbeat of ones with a lower threshold on its Sum',
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
  row(
    'a Sum above 60 of one 0 or 1 a minute, over an hour',
    'JobFailed',
    { ...count, range: { min: 0, max: 1 } },
    [when('Sum', 'above', 60, '1 hour', { period: '1 hour' })],
    ['never-fires'],
  ),
  row(
    'over 100 % of the requests fail',
    'GatewayErrorPercent',
    { unit: 'Percent' },
    [when('Average', 'above', 100, '5 minutes')],
    ['never-fires'],
  ),
  row(
    'under no bytes are free',
    'HeapFreeBytes',
    { unit: 'Bytes' },
    [when('Minimum', 'below', 0, '5 minutes')],
    ['never-fires'],
  ),
  row(
    'days until the end above a limit',
    'DaysUntilExpiry',
    { unit: 'Count' },
    [when('Minimum', 'above', 14, '1 hour')],
    ['wrong-direction'],
  ),
  row(
    'a processor that is under 80 % busy',
    'cpu_usage',
    percent,
    [when('Average', 'below', 80, '5 minutes')],
    ['wrong-direction'],
  ),
  row('a service that is up', 'ServiceUp', undefined, [when('Maximum', 'above', 0, '5 minutes')], ['wrong-direction']),
];

const units: readonly Row[] = [
  row(
    'a share of 1 instead of percent',
    'CpuPercent',
    percent,
    [when('Average', 'above', 0.9, '5 minutes')],
    ['unit-mismatch'],
  ),
  row(
    'a share of successes instead of percent',
    'SuccessPercent',
    undefined,
    [when('Average', 'below', 0.95, '5 minutes')],
    ['unit-mismatch'],
  ),
  row(
    'milliseconds instead of seconds, for a page',
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
    '500 instead of half a second',
    'QueueTime',
    seconds,
    [when('Average', 'above', 500, '5 minutes')],
    ['unit-mismatch'],
  ),
  row(
    'seconds instead of milliseconds',
    'ApiLatency',
    { unit: 'Milliseconds', perEvent: true },
    [when('p99', 'above', 2, '5 minutes')],
    ['unit-mismatch'],
  ),
  row(
    'milliseconds instead of microseconds',
    'ModelLatency',
    { unit: 'Microseconds', perEvent: true },
    [when('p99', 'above', 500, '5 minutes')],
    ['unit-mismatch'],
  ),
  row(
    'bytes instead of gigabytes',
    'SpareGigabytes',
    gigabytes,
    [when('Minimum', 'below', 5_000_000_000, '5 minutes')],
    ['unit-mismatch'],
  ),
  row(
    'gigabytes instead of bytes',
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

export const faultyLimits: readonly Row[] = [...thresholds, ...units];
