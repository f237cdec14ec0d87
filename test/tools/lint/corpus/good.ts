import { type Declared, type Row, row, when } from './row.ts';

const percent: Declared = { unit: 'Percent', range: { min: 0, max: 100 } };
const seconds: Declared = { unit: 'Seconds', range: { min: 0 } };
const perRequest: Declared = { ...seconds, calculation: 'One value a request.' };
const milliseconds: Declared = { unit: 'Milliseconds', range: { min: 0 }, perEvent: true };
const count: Declared = { unit: 'Count', range: { min: 0 } };
const bytes: Declared = { unit: 'Bytes', range: { min: 0 } };
const share: Declared = { unit: 'None', range: { min: 0, max: 1 }, perEvent: true };
const yesOrNo: Declared = { unit: 'None', yesOrNo: true };

/** Alarms that AWS recommends for its services ("Best practice alarm recommendations for AWS services"). */
const aws: readonly Row[] = [
  row('API Gateway: one request in twenty fails, as a share of 1', 'Api5XXError', share, [
    when('Average', 'above', 0.05, '3 minutes', { tier: 'critical' }),
  ]),
  row('API Gateway: p90 of the latency reaches 2500 ms', 'ApiLatency', milliseconds, [
    when('p90', 'atOrAbove', 2500, '5 minutes'),
  ]),
  row('API Gateway: no request arrives', 'ApiCount', { ...count, perEvent: true }, [
    when('SampleCount', 'below', 1, '10 minutes', { missingData: 'breaching' }),
  ]),
  row('EC2: the processors are 80 % busy, 3 of 3', 'CpuUtilization', percent, [
    when('Average', 'above', 80, '15 minutes', { period: '5 minutes' }),
  ]),
  row('EC2: a status check fails, 2 of 2', 'StatusCheckFailed', { ...yesOrNo, unit: 'Count' }, [
    when('Maximum', 'atOrAbove', 1, '10 minutes', { period: '5 minutes', tier: 'critical' }),
  ]),
  row('RDS: under 10 GB of storage are free', 'FreeStorageSpace', bytes, [
    when('Minimum', 'below', 10_000_000_000, '5 minutes'),
  ]),
  row('RDS: reads take over 20 ms', 'ReadLatency', seconds, [when('p90', 'above', 0.02, '5 minutes')]),
  row('RDS: the burst balance runs out', 'BurstBalance', percent, [when('Average', 'below', 20, '15 minutes')]),
  row('Lambda: functions are throttled', 'Throttles', count, [
    when('Sum', 'atOrAbove', 1, '5 minutes', { missingData: 'notBreaching' }),
  ]),
  row('Lambda: 90 % of a quota of 1000 run at once', 'ConcurrentExecutions', count, [
    when('Maximum', 'atOrAbove', 900, '10 minutes'),
  ]),
  row('SQS: the oldest message is an hour old', 'ApproximateAgeOfOldestMessage', seconds, [
    when('Maximum', 'atOrAbove', 3600, '15 minutes'),
  ]),
  row('ELB: under two hosts are healthy', 'HealthyHostCount', count, [
    when('Minimum', 'below', 2, '5 minutes', { tier: 'critical' }),
  ]),
  row('ELB: a host is unhealthy', 'UnHealthyHostCount', count, [when('Maximum', 'atOrAbove', 1, '5 minutes')]),
  row('NAT gateway: no port is left to give', 'ErrorPortAllocation', count, [
    when('Sum', 'above', 0, '15 minutes', { missingData: 'notBreaching' }),
  ]),
  row(
    'SageMaker: the model takes half a second, in microseconds',
    'ModelLatency',
    { unit: 'Microseconds', perEvent: true },
    [when('p99', 'above', 500_000, '5 minutes')],
  ),
  row('Bedrock: an invocation takes ten seconds, in milliseconds', 'InvocationLatency', milliseconds, [
    when('p95', 'above', 10_000, '5 minutes'),
  ]),
];

/** Rules of node_exporter's, Kubernetes', etcd's, Prometheus' and Alertmanager's mixins. */
const mixins: readonly Row[] = [
  row('node: under 5 % of a file system are free for half an hour', 'FilesystemAvailablePercent', percent, [
    when('Minimum', 'below', 5, '30 minutes'),
  ]),
  row('node: a warning at 5 % and a page at 3 %', 'FilesystemAvailablePercent', percent, [
    when('Minimum', 'below', 5, '15 minutes', { tier: 'medium' }),
    when('Minimum', 'below', 3, '15 minutes', { tier: 'critical' }),
  ]),
  row('node: the clock is 50 ms off', 'ClockSkewSeconds', { unit: 'Seconds' }, [
    when('Average', 'above', 0.05, '10 minutes'),
  ]),
  row('node: 1 % of what is received is in error for an hour', 'ReceiveErrorPercent', percent, [
    when('Average', 'above', 1, '1 hour'),
  ]),
  row('node: 90 % of the memory are used', 'MemoryUsedPercent', percent, [when('Average', 'above', 90, '15 minutes')]),
  row('node: twice as much work as processors', 'LoadPerCore', { unit: 'None', range: { min: 0 } }, [
    when('Average', 'above', 2, '15 minutes'),
  ]),
  row('Kubernetes: a volume has 3 % left', 'VolumeAvailablePercent', percent, [
    when('Minimum', 'below', 3, '1 minute', { tier: 'critical' }),
  ]),
  row('Kubernetes: containers restart again and again', 'ContainerRestarts', count, [
    when('Sum', 'atOrAbove', 1, '15 minutes', { period: '5 minutes' }),
  ]),
  row('Kubernetes: a quarter of the time is throttled', 'CpuThrottledPercent', percent, [
    when('Average', 'above', 25, '15 minutes'),
  ]),
  row(
    'Kubernetes: a client certificate expires in a week, then in a day',
    'CertificateSecondsLeft',
    { unit: 'Seconds' },
    [
      when('Minimum', 'below', 604_800, '5 minutes', { tier: 'medium' }),
      when('Minimum', 'below', 86_400, '5 minutes', { tier: 'critical' }),
    ],
  ),
  row('Kubernetes: the error budget of 0.1 % burns 14.4 times too fast', 'ErrorBudgetBurnPercent', percent, [
    when('Average', 'above', 1.44, '5 minutes', { period: '5 minutes', tier: 'critical' }),
  ]),
  row('etcd: p99 of fsync is over half a second', 'FsyncSeconds', { ...seconds, perEvent: true }, [
    when('p99', 'above', 0.5, '10 minutes'),
  ]),
  row('etcd: 95 % of the quota are used', 'DatabaseQuotaPercent', percent, [
    when('Average', 'above', 95, '10 minutes'),
  ]),
  row('Alertmanager: 1 % of the notifications fail', 'NotificationsFailedPercent', percent, [
    when('Average', 'above', 1, '5 minutes'),
  ]),
  row('Prometheus: a reload failed within three hours', 'ReloadsFailed', count, [
    when('Sum', 'above', 0, '6 hours', { period: '3 hours', tier: 'medium' }),
  ]),
];

/** Thresholds of "Awesome Prometheus alerts", of Google's SRE workbook, and of other teams. */
const others: readonly Row[] = [
  row('half a percent of the requests fail', 'RequestErrorPercent', percent, [
    when('Average', 'above', 0.5, '5 minutes'),
  ]),
  row('SRE: the budget of 0.1 % is spent over a day', 'RequestErrorPercent', percent, [
    when('Average', 'above', 0.1, '1 day', { period: '1 hour', tier: 'medium' }),
  ]),
  row('a job takes over an hour', 'JobSeconds', seconds, [when('Maximum', 'above', 3600, '5 minutes')]),
  row('3 of 12 points of an hour, critical: fires after 15 minutes', 'QueueDepth', count, [
    when('Maximum', 'above', 1000, '1 hour', { period: '5 minutes', datapointsToAlarm: 3, tier: 'critical' }),
  ]),
  row('blackbox: a certificate has 20 days left', 'CertificateDaysLeft', undefined, [
    when('Minimum', 'below', 20, '15 minutes'),
  ]),
  row('blackbox: a probe fails', 'ProbeSuccess', yesOrNo, [
    when('Maximum', 'below', 1, '1 minute', { tier: 'critical' }),
  ]),
  row('blackbox: a probe is slow', 'ProbeDurationSeconds', seconds, [when('Average', 'above', 1, '1 minute')]),
  row('PostgreSQL: the replica is 30 s behind', 'ReplicationLagSeconds', seconds, [
    when('Maximum', 'above', 30, '5 minutes'),
  ]),
  row('Redis: the last backup is a day old', 'BackupAgeSeconds', seconds, [
    when('Maximum', 'above', 86_400, '5 minutes'),
  ]),
  row('Kafka: consumers are 10,000 messages behind', 'ConsumerLag', count, [
    when('Maximum', 'above', 10_000, '5 minutes'),
  ]),
  row('nginx: p99 is over 3 s', 'RequestTime', perRequest, [when('p99', 'above', 3, '2 minutes')]),
  row('a slow request at 1 s warns, at 5 s pages', 'RequestTime', perRequest, [
    when('p95', 'above', 1, '10 minutes', { tier: 'medium', inhibits: [] }),
    when('p95', 'above', 5, '5 minutes', { tier: 'critical', inhibits: ['a'] }),
  ]),
  row('a page for a burst, a notice for what lasts', 'CpuPercent', percent, [
    when('Average', 'above', 95, '5 minutes'),
    when('Average', 'above', 80, '1 hour', { tier: 'medium' }),
  ]),
  row('what lasts is worse than what is just begun', 'SaturationPercent', percent, [
    when('Average', 'above', 80, '5 minutes', { tier: 'medium' }),
    when('Average', 'above', 80, '15 minutes', { tier: 'critical' }),
  ]),
  row('a heartbeat that stops', 'Beat', { ...count, range: { min: 1, max: 1 } }, [
    when('Maximum', 'below', 1, '5 minutes', { missingData: 'breaching' }),
  ]),
  row('a day without a single sample', 'Beat', count, [
    when('SampleCount', 'below', 1, '1 day', { period: '1 day', missingData: 'breaching', tier: 'medium' }),
  ]),
  row('a dead letter', 'DeadLetters', count, [
    when('Maximum', 'above', 0, '1 minute', { missingData: 'notBreaching' }),
  ]),
  row('up in under 4 of 5 checks', 'ServiceUp', undefined, [
    when('Sum', 'below', 4, '5 minutes', { period: '5 minutes' }),
  ]),
  row('any failed deployment within the last hour', 'DeploymentsFailed', undefined, [
    when('Sum', 'atOrAbove', 1, '1 hour', { datapointsToAlarm: 1, missingData: 'notBreaching' }),
  ]),
  row('1 of 2, as AWS advises for values that come late', 'ErrorPercent', undefined, [
    when('Average', 'above', 5, '2 minutes', { datapointsToAlarm: 1 }),
  ]),
  row('a record of good news', 'SuccessPercent', undefined, [
    when('Average', 'atOrAbove', 99.9, '1 day', { period: '1 day', tier: 'info' }),
  ]),
  row('traffic rises: the drop is below -50 %', 'ThroughputDropPercent', undefined, [
    when('Average', 'below', -50, '15 minutes'),
  ]),
  row('an idle GPU costs money', 'GpuUtilization', percent, [
    when('Average', 'below', 5, '2 hours', { period: '5 minutes', tier: 'medium' }),
  ]),
  row('updates wait to be installed', 'AvailableUpdates', count, [
    when('Maximum', 'above', 10, '1 day', { period: '1 hour', tier: 'medium' }),
  ]),
  row('SES: one complaint in a thousand', 'ComplaintPercent', percent, [
    when('Average', 'above', 0.1, '1 hour', { period: '1 hour' }),
  ]),
  row('PostgreSQL: a query runs for five minutes', 'LongestQuerySeconds', seconds, [
    when('Maximum', 'above', 300, '1 minute'),
  ]),
  row('Lambda: an invocation comes near 15 minutes', 'InvocationSeconds', seconds, [
    when('Maximum', 'above', 840, '5 minutes'),
  ]),
  row('under 99.5 % of the sessions are free of errors', 'ErrorFreeSessionsPercent', percent, [
    when('Average', 'below', 99.5, '1 hour', { period: '1 hour' }),
  ]),
  row('a rate limit is nearly used up', 'RateLimitRemaining', count, [when('Minimum', 'below', 100, '5 minutes')]),
  row('a machine was started anew', 'UptimeSeconds', seconds, [when('Minimum', 'below', 300, '1 minute')]),
  row('a token ends within two weeks', 'DaysUntilExpiry', { unit: 'Count' }, [
    when('Minimum', 'below', 14, '1 hour', { period: '1 hour' }),
  ]),
  row('under three of five tasks say that they are ready', 'TaskReady', yesOrNo, [
    when('Sum', 'below', 3, '5 minutes'),
  ]),
  row('three bad minutes of an hour', 'PayErrorPercent', percent, [
    when('Average', 'above', 5, '1 hour', { datapointsToAlarm: 3 }),
  ]),
  row('a use of over one core', 'PodCpuPercent', { unit: 'Percent' }, [when('Average', 'above', 150, '10 minutes')]),
  row('an answer is over 500 bytes', 'AnswerBytes', bytes, [when('Average', 'above', 500, '5 minutes')]),
  row('hourly shares, one value each', 'ConversionPercent', { ...percent, every: '1 hour' }, [
    when('Average', 'below', 2, '2 hours'),
  ]),
  row('a high alarm for the team and a critical one once it lasts', 'QueueDepth', count, [
    when('Maximum', 'above', 500, '5 minutes'),
    when('Maximum', 'above', 500, '15 minutes', { tier: 'critical', inhibits: ['a'] }),
  ]),
  row('few orders by day, none by night', 'Orders', count, [
    when('Sum', 'below', 10, '1 hour', { period: '10 minutes', missingData: 'breaching' }),
  ]),
  row('a warm-up takes two minutes', 'WarmUpSeconds', seconds, [when('Maximum', 'above', 120, '5 minutes')]),
  row('a service takes over five gigabytes a second', 'DiskReads', { unit: 'Gigabytes/Second', range: { min: 0 } }, [
    when('Average', 'above', 5, '5 minutes'),
  ]),
  row('a disk that is half full says nothing, one at 85 % does', 'disk_used', percent, [
    when('Average', 'above', 85, '5 minutes'),
  ]),
];

/** Rules that teams run and that work. The lint has nothing to say of them. */
export const good: readonly Row[] = [...aws, ...mixins, ...others];
