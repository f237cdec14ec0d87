import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { DynamodbExecutionHistory } from '../../adapters/dynamodb-execution-history.ts';
import { channelKinds } from '../../core/channels/channels.ts';
import { checkKinds } from '../../core/checks/checks.ts';
import transition from '../../events/alarm-transition.sample.json' with { type: 'json' };
import batchRunEvent from '../../events/batch-run.sample.json' with { type: 'json' };
import { cloudwatchAgent, health, serviceDown, slack } from '../../index.ts';
import { aDocument } from '../support/a-document.ts';
import { aNotification, wireOf } from '../support/a-notification.ts';
import { AwsStandIn } from '../support/aws-stand-in.ts';
import { bundledHandlers } from '../support/bundled-handlers.ts';
import { dynamodbTables } from '../support/dynamodb-tables.ts';

const { client, fresh } = dynamodbTables();
const aws = new AwsStandIn();
const bundles = bundledHandlers();
const outside = loopback();

const context = { getRemainingTimeInMillis: () => 30_000 };
const queues = { QUEUE_URL: 'https://sqs/own', DEAD_LETTER_QUEUE_URL: 'https://sqs/own-dead' };
const message = (body: unknown) => ({
  Records: [
    {
      messageId: 'm1',
      receiptHandle: 'handle',
      body: typeof body === 'string' ? body : JSON.stringify(body),
      attributes: { ApproximateReceiveCount: '1' },
    },
  ],
});
const handled = { batchItemFailures: [] };

/** A cold start in an environment that holds what a stack would set, with AWS on loopback. */
async function start(name: string, environment: Record<string, string>, document = aDocument()) {
  const { hostname, port } = await client().config.endpoint!();
  const variables = {
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL: aws.config.endpoint,
    AWS_ENDPOINT_URL_DYNAMODB: `http://${hostname}:${port}`,
    ...environment,
  };
  for (const [variable, value] of Object.entries(variables)) vi.stubEnv(variable, value);
  return bundles.start(name, document);
}

beforeEach(() => {
  // What a function logs is for CloudWatch, not for the one who runs the tests.
  vi.stubEnv('POWERTOOLS_LOG_LEVEL', 'SILENT');
  vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'true');
});
afterEach(() => vi.unstubAllEnvs());

it('there is a handler for every check, every kind of channel, and the pipeline itself', () => {
  const checks = checkKinds.map(({ name }) => `${name}-check`);
  const notifiers = channelKinds.map(({ name }) => `${name}-notifier`);
  expect([...bundles.names()].sort()).toEqual([...checks, ...notifiers, 'alert-router', 'run-ingest', 'sweep'].sort());
});

it('a function does not start without its variables, and names all of them', async () => {
  await expect(start('batch-check', {})).rejects.toThrow(/deploy its stack again: HISTORY_TABLE is not set$/);
});

describe('checks', () => {
  const tick = { everySeconds: 60, shard: 0, scheduledAt: '2026-11-21T02:10:00Z' };
  const metricsSent = () =>
    aws.requests
      .filter(({ action }) => action === 'PutMetricData')
      .flatMap(({ input }) => input['MetricData'] as { MetricName: string; Values: number[] }[])
      .map(({ MetricName, Values }) => [MetricName, ...Values]);

  it('health-check asks the services of its tick, keeps what they say and publishes it', async () => {
    outside.answer = () => ({ status: 200, body: { status: 'healthy', model_loaded: false } });
    const HISTORY_TABLE = await fresh('history');
    const document = aDocument({
      services: {
        classifier: {
          url: outside.url,
          checks: [health({ every: '1 minute', expect: { status: 'healthy' } })],
          rules: [serviceDown()],
        },
      },
    });
    const handler = await start('health-check', { HISTORY_TABLE }, document);
    await handler({ check: 'health', ...tick }, context);
    expect(metricsSent()).toContainEqual(['ServiceUp', 1]);
    expect(metricsSent()).toContainEqual(['ModelLoaded', 0]);
    expect(metricsSent().at(-1)).toEqual(['CheckCompleted', 1]);
    expect(aws.requests[0]?.input['Namespace']).toBe('Tocsin/shop/prod');
    const clock = { now: () => Date.parse('2026-11-21T02:11:00Z') };
    const history = new DynamodbExecutionHistory(client(), HISTORY_TABLE, { clock, retentionDays: 90 });
    expect(await history.lastRun('health', 'classifier')).toMatchObject({ startedAt: Date.parse(tick.scheduledAt) });
  });

  it('batch-check publishes the age of jobs', async () => {
    const handler = await start('batch-check', { HISTORY_TABLE: await fresh('history') });
    await handler({ check: 'batch', ...tick, everySeconds: 300 }, context);
    expect(metricsSent()).toEqual([
      ['HoursOverdue', 0],
      ['CheckCompleted', 1],
    ]);
    await expect(handler({ hello: 'world' }, context)).rejects.toThrow(/not a tick of a schedule: \{"hello":"world"\}/);
  });

  it('disk-check reads what the agent of an instance reports', async () => {
    const reported: Record<string, number> = { disk_free: 4 * 1024 ** 3, disk_total: 40 * 1024 ** 3 };
    aws.answer = ({ action }) => {
      if (action === 'PutMetricData') return { json: {} };
      if (action === 'ListMetrics') {
        return { json: { Metrics: Object.keys(reported).map((MetricName) => ({ MetricName, Dimensions: [] })) } };
      }
      const Timestamps = [Date.parse(tick.scheduledAt) / 1000 - 60];
      const results = Object.values(reported).map((value, n) => ({ Id: `m${n}`, Timestamps, Values: [value] }));
      return { json: { MetricDataResults: results } };
    };
    const document = aDocument();
    const source = { ...cloudwatchAgent({ instanceId: 'i-1', path: '/data' }), namespace: 'CWAgent' };
    const targets = document.targets.map((target) => (target.kind === 'volume' ? { ...target, source } : target));
    const handler = await start('disk-check', { HISTORY_TABLE: await fresh('history') }, { ...document, targets });
    await handler({ check: 'disk', ...tick, everySeconds: 300 }, context);
    expect(metricsSent()).toEqual([
      ['FreeGigabytes', 4],
      ['FreePercent', 10],
      ['CheckCompleted', 1],
    ]);
  });
});

describe('the alert path', () => {
  const topic = { NOTIFICATIONS_TOPIC_ARN: 'arn:aws:sns:eu-west-1:123456789012:notifications' };
  const failures = { FAILURES_TOPIC_ARN: 'arn:aws:sns:eu-west-1:123456789012:pipeline-failure' };

  it('alert-router turns an alarm into notifications', async () => {
    aws.answer = () => ({ xml: '<MessageId>m</MessageId>' });
    const handler = await start('alert-router', {
      ...queues,
      ...topic,
      HISTORY_TABLE: await fresh('history'),
      INCIDENTS_TABLE: await fresh('incidents'),
    });
    const alarm = { ...transition, AlarmName: 'shop/prod/service/classifier/service-down' };
    expect(await handler(message(alarm), context)).toEqual(handled);
    const published = aws.requests.map(({ input }) => JSON.parse(String(input['Message'])) as { channel: string });
    expect(published).toMatchObject([
      { kind: 'opened', channel: 'ml-alerts' },
      { kind: 'opened', channel: 'ml-team' },
    ]);
  });

  it('sweep publishes how many operators would not be notified, when it compares', async () => {
    const subscription = (endpoint: string, arn: string) =>
      `<member><Protocol>email</Protocol><Endpoint>${endpoint}</Endpoint><SubscriptionArn>${arn}</SubscriptionArn></member>`;
    aws.answer = ({ action }) =>
      action === 'ListSubscriptionsByTopic'
        ? { xml: `<Subscriptions>${subscription('ops@example.com', 'PendingConfirmation')}</Subscriptions>` }
        : { json: { MetricAlarms: [] } };
    const handler = await start('sweep', {
      ...topic,
      ...failures,
      HISTORY_TABLE: await fresh('history'),
      INCIDENTS_TABLE: await fresh('incidents'),
    });
    await handler({ compare: true }, context);
    expect(aws.requests.map(({ action }) => action)).toEqual([
      'DescribeAlarms',
      'PutMetricData',
      'ListSubscriptionsByTopic',
      'PutMetricData',
    ]);
    expect(aws.requests.at(-1)?.input['MetricData']).toMatchObject([
      { MetricName: 'OperatorsUnconfirmed', Values: [1] },
    ]);
  });

  it('sweep ends with its heartbeat', async () => {
    const handler = await start('sweep', {
      ...topic,
      ...failures,
      HISTORY_TABLE: await fresh('history'),
      INCIDENTS_TABLE: await fresh('incidents'),
    });
    await handler({ compare: false }, context);
    expect(aws.requests.at(-1)).toMatchObject({
      action: 'PutMetricData',
      input: { MetricData: [{ MetricName: 'SweepCompleted', Dimensions: [{ Name: 'Check', Value: 'sweep' }] }] },
    });
  });

  it('slack-notifier posts to the webhook of the channel, once', async () => {
    outside.answer = () => ({ status: 200, body: 'ok' });
    const document = aDocument({ channels: { ...aDocument().channels, 'ml-alerts': slack({ webhook: outside.url }) } });
    const handler = await start('slack-notifier', { ...queues, INCIDENTS_TABLE: await fresh('incidents') }, document);
    const notification = message(wireOf(aNotification({ channel: 'ml-alerts', channelKind: 'slack' })));
    expect(await handler(notification, context)).toEqual(handled);
    expect(await handler(notification, context)).toEqual(handled);
    expect(outside.received).toEqual([expect.stringContaining('Service down')]);
  });

  it('email-notifier sends through SES, once', async () => {
    aws.answer = () => ({ xml: '<MessageId>0102018f-ses</MessageId>' });
    const handler = await start('email-notifier', { ...queues, INCIDENTS_TABLE: await fresh('incidents') });
    const notification = message(wireOf(aNotification({ channel: 'ml-team', channelKind: 'email' })));
    expect(await handler(notification, context)).toEqual(handled);
    expect(await handler(notification, context)).toEqual(handled);
    expect(aws.requests).toMatchObject([
      { action: 'SendRawEmail', input: { 'Destinations.member.1': 'ml-team@example.com' } },
    ]);
  });

  it('run-ingest stores a reported run and sends its signal to the router', async () => {
    const signals = `${aws.config.endpoint}/123456789012/signals`;
    const environment = { ...queues, SIGNALS_QUEUE_URL: signals, HISTORY_TABLE: await fresh('history') };
    const handler = await start('run-ingest', environment);
    // The handler reads the machine's clock, and a run of long ago would be no news to CloudWatch.
    const now = new Date().toISOString();
    const detail = { ...batchRunEvent.detail, startedAt: now, finishedAt: now };
    expect(await handler(message({ ...batchRunEvent, detail }), context)).toEqual(handled);
    expect(await handler(message({ ...batchRunEvent, detail }), context)).toEqual(handled);
    expect(aws.requests).toMatchObject([
      { action: 'SendMessage', input: { QueueUrl: signals } },
      { action: 'PutMetricData', input: { MetricData: [{ MetricName: 'BatchRunFailed', Values: [0] }] } },
    ]);
  });
});

/** A server of somebody else: a service that is checked, or Slack. */
function loopback() {
  const state = {
    url: '',
    received: [] as string[],
    answer: (): { status: number; body: unknown } => ({ status: 200, body: {} }),
  };
  let server: Server;
  beforeAll(async () => {
    server = createServer((request, response) => {
      void text(request).then((body) => {
        state.received.push(body);
        const answer = state.answer();
        response.writeHead(answer.status, { 'content-type': 'application/json' });
        response.end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body));
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    state.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  beforeEach(() => {
    state.received.length = 0;
  });
  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  return state;
}
