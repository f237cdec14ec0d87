import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { findMetric } from '../../catalog/metrics/catalogue.ts';
import { parseDefinition } from '../../catalog/parse-definition.ts';
import { type Alarm, alarmsOf } from '../../core/alarms/alarm.ts';
import { dimensionsOf, namespaceOf } from '../../core/metrics/metric.ts';
import { metricOf } from '../../core/metrics/metric-of.ts';
import { ownMetric } from '../../core/metrics/own-metric.ts';
import { lintRules } from '../../tools/lint/lint-rules.ts';
import { AwsStandIn } from '../support/aws-stand-in.ts';
import { handler } from './samples/embedded-metrics.ts';
import definition from './samples/own-metric.config.ts';

// The samples of the guide are separate files, so that they are compiled, run and compared with the config.
const text = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const guide = text('../../docs/guides/application-metrics.md');
const samples = [
  'publish-metrics.ts',
  'embedded-metrics.ts',
  'publish-accuracy.ts',
  'own-metric.config.ts',
  'publish_training.py',
  'put-metric-data.json',
  'cloudwatch-agent.json',
];

const document = parseDefinition(definition, { world: 'aws' });
const alarms = alarmsOf(document);
const aws = new AwsStandIn();

interface Published {
  Namespace: string;
  MetricData: {
    MetricName: string;
    Unit: string;
    Dimensions: { Name: string; Value: string }[];
    Value?: number;
    Values?: number[];
  }[];
}

afterEach(() => vi.unstubAllEnvs());

describe('the guide to metrics of your own code', () => {
  it.each(samples)('shows the tested sample %s', (sample) => {
    expect(guide).toContain(text(`samples/${sample}`).trim());
  });

  it('explains every field of a metric declaration', () => {
    expect(Object.keys(ownMetric.shape).filter((field) => !guide.includes(`\`${field}\``))).toEqual([]);
  });

  it('declares a metric and rules that are valid and have no lint findings', () => {
    expect(lintRules(document)).toEqual([]);
    expect(metricOf(document, 'QueueWait').prometheus).toBe('queue_wait_seconds');
    expect(alarms.map(({ name }) => name)).toContain('shop/prod/service/classifier/queue-wait-long');
  });

  it('publishes with PutMetricData to the namespace, dimensions and units of the alarms', async () => {
    const { endpoint, region, credentials } = aws.config;
    vi.stubEnv('AWS_ENDPOINT_URL', endpoint);
    vi.stubEnv('AWS_REGION', region);
    vi.stubEnv('AWS_ACCESS_KEY_ID', credentials.accessKeyId);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', credentials.secretAccessKey);
    const { publishMinute } = await import('./samples/publish-metrics.ts');
    const requestSeconds = Array.from({ length: 200 }, (_, n) => n / 1000);
    await publishMinute({ requestSeconds, failed: 10, serverErrors: 2 });
    await publishMinute({ requestSeconds: [], failed: 0, serverErrors: 0 });

    const sent = aws.requests.map(({ input }) => input as unknown as Published);
    const data = sent.flatMap(({ MetricData }) => MetricData);
    expect(new Set(sent.map(({ Namespace }) => Namespace))).toEqual(new Set([namespaceOf(document)]));
    for (const { MetricName, Unit, Dimensions } of data) {
      const metric = findMetric(MetricName)!;
      expect(Unit, MetricName).toBe(metric.unit);
      expect(named(Dimensions), MetricName).toEqual(dimensionsOf(metric.of, 'classifier'));
    }
    const valuesOf = (name: string) => data.filter(({ MetricName }) => MetricName === name).map(({ Value }) => Value);
    expect([valuesOf('ErrorPercent'), valuesOf('Requests'), valuesOf('SuccessfulRequests')]).toEqual([
      [5],
      [200, 0],
      [190, 0],
    ]);
    expect(data.flatMap(({ Values }) => Values ?? [])).toEqual(requestSeconds);
    expect(Math.max(...data.map(({ Values }) => Values?.length ?? 1))).toBeLessThanOrEqual(150);
  });

  it('publishes a drop that lasts until the accuracy has recovered', async () => {
    const { endpoint, region, credentials } = aws.config;
    vi.stubEnv('AWS_ENDPOINT_URL', endpoint);
    vi.stubEnv('AWS_REGION', region);
    vi.stubEnv('AWS_ACCESS_KEY_ID', credentials.accessKeyId);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', credentials.secretAccessKey);
    const { publishAccuracy } = await import('./samples/publish-accuracy.ts');
    const file = join(mkdtempSync(join(tmpdir(), 'accuracy-')), 'readings.json');
    const before = aws.requests.length;
    for (const [n, accuracy] of [92, 80, 80, 80, 91].entries())
      await publishAccuracy(accuracy, new Date(n * 3_600_000), file);

    const data = aws.requests.slice(before).flatMap(({ input }) => (input as unknown as Published).MetricData);
    const drops = data.filter(({ MetricName }) => MetricName === 'AccuracyDropPoints').map(({ Value }) => Value);
    expect(drops).toEqual([12, 12, 12, 1]);
    expect(new Set(data.map(({ MetricName, Unit }) => findMetric(MetricName)?.unit === Unit))).toEqual(new Set([true]));
  });

  it('publishes in the embedded metric format to the namespace and dimensions of the alarms', async () => {
    // Powertools does not use the console that vitest captures.
    const output = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    await handler({ images: ['a', 'b'], queuedAt: Date.now() });
    const written = output.mock.calls.map(([chunk]) => String(chunk)).find((chunk) => chunk.includes('_aws'));
    output.mockRestore();
    const line = JSON.parse(written ?? '{}') as {
      _aws: { CloudWatchMetrics: { Namespace: string; Dimensions: string[][] }[] };
      Service: string;
    };
    const { metric } = alarmOn('QueueWait');
    expect(line._aws.CloudWatchMetrics).toEqual([
      expect.objectContaining({ Namespace: metric.namespace, Dimensions: [Object.keys(metric.dimensions)] }),
    ]);
    expect(line.Service).toBe('classifier');
  });

  it('publishes from Python known metrics of a batch job, in their units', () => {
    const python = text('samples/publish_training.py');
    const published = [...python.matchAll(/"(\w+)": \(.*, "(\w+)"\)/g)].map(([, name, unit]) => ({
      name: name!,
      unit,
    }));
    expect(published).toHaveLength(5);
    for (const { name, unit } of published) {
      expect(findMetric(name), name).toMatchObject({ unit, of: 'batch', source: { application: true } });
    }
    expect(python).toContain(`Namespace="${namespaceOf(document)}"`);
    expect(python).toContain(`"Name": "${Object.keys(dimensionsOf('batch', 'training'))[0]}"`);
  });

  it('allows only to publish in that namespace', () => {
    expect(JSON.parse(text('samples/put-metric-data.json'))).toMatchObject({
      Action: 'cloudwatch:PutMetricData',
      Condition: { StringEquals: { 'cloudwatch:namespace': namespaceOf(document) } },
    });
  });

  it('lets the agent publish the metrics of the rules on machines', () => {
    const { metrics } = JSON.parse(text('samples/cloudwatch-agent.json')) as {
      metrics: { append_dimensions: object; metrics_collected: Record<string, { measurement: string[] }> };
    };
    const collected = Object.entries(metrics.metrics_collected).flatMap(([plugin, { measurement }]) =>
      measurement.map((name) => `${plugin}_${name}`),
    );
    const onMachines = alarms.filter(({ metric }) => metric.namespace === 'CWAgent');
    expect(onMachines.map(({ metric }) => metric.name).sort()).toEqual(collected.sort());
    for (const { metric } of onMachines)
      expect(Object.keys(metric.dimensions)).toEqual(expect.arrayContaining(Object.keys(metrics.append_dimensions)));
  });
});

const named = (dimensions: readonly { Name: string; Value: string }[]) =>
  Object.fromEntries(dimensions.map(({ Name, Value }) => [Name, Value]));

function alarmOn(metric: string): Alarm {
  const alarm = alarms.find((candidate) => candidate.metric.name === metric);
  if (!alarm) throw new Error(`no alarm is on ${metric}`);
  return alarm;
}
