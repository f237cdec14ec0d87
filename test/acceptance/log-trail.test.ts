import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { MonitoringDocument } from '../../core/definition/document.ts';
import transition from '../../events/alarm-transition.sample.json' with { type: 'json' };
import { slack } from '../../index.ts';
import { logQueries } from '../../lib/log-queries.ts';
import { aDocument } from '../support/a-document.ts';
import { AwsStandIn } from '../support/aws-stand-in.ts';
import { bundledHandlers } from '../support/bundled-handlers.ts';
import { dynamodbTables } from '../support/dynamodb-tables.ts';

// The log lines of an alert, as the bundled functions print them.

type Line = Record<string, unknown>;

const { client, fresh } = dynamodbTables();
const aws = new AwsStandIn();
const bundles = bundledHandlers();
const alarm = { ...transition, AlarmName: 'shop/prod/service/classifier/service-down' };
/** Nothing listens on this port of loopback. */
const nobody = 'http://127.0.0.1:9';
const webhook = `${nobody}/services/T0/B0/hush-hush`;
const document = aDocument({ channels: { ...aDocument().channels, 'ml-alerts': slack({ webhook }) } });
const environment = () => ({
  QUEUE_URL: `${aws.config.endpoint}/123456789012/own`,
  DEAD_LETTER_QUEUE_URL: `${aws.config.endpoint}/123456789012/own-dead`,
  SIGNALS_QUEUE_URL: `${aws.config.endpoint}/123456789012/signals`,
  NOTIFICATIONS_TOPIC_ARN: 'arn:aws:sns:eu-west-1:123456789012:notifications',
  FAILURES_TOPIC_ARN: 'arn:aws:sns:eu-west-1:123456789012:pipeline-failure',
});
let tableNames: { HISTORY_TABLE: string; INCIDENTS_TABLE: string };
const told: string[] = [];
const lines: Record<string, Line[]> = {};

beforeAll(async () => {
  tableNames = { HISTORY_TABLE: await fresh('history'), INCIDENTS_TABLE: await fresh('incidents') };
});
beforeEach(() => {
  const usual = aws.answer;
  aws.answer = (request) => {
    if (request.action === 'Publish') told.push(String(request.input['Message']));
    if (request.action === 'Publish' || request.action === 'SendRawEmail')
      return { xml: '<MessageId>0102-ses</MessageId>' };
    return usual(request);
  };
});
afterAll(() => vi.unstubAllEnvs());

/** Starts a function cold, hands it an event, and reads what it printed. */
async function run(name: string, event: unknown, of: MonitoringDocument = document): Promise<Line[]> {
  const { hostname, port } = await client().config.endpoint!();
  const variables = {
    ...environment(),
    ...tableNames,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL: aws.config.endpoint,
    AWS_ENDPOINT_URL_DYNAMODB: `http://${hostname}:${port}`,
    POWERTOOLS_SERVICE_NAME: name,
    POWERTOOLS_LOG_LEVEL: 'INFO',
    POWERTOOLS_METRICS_DISABLED: 'true',
    POWERTOOLS_DEV: '',
  };
  for (const [variable, value] of Object.entries(variables)) vi.stubEnv(variable, value);
  const handler = await bundles.start(name, of);
  const printed: string[] = [];
  const spies = [process.stdout, process.stderr].map((stream) =>
    vi.spyOn(stream, 'write').mockImplementation((text) => printed.push(String(text)) > 0),
  );
  try {
    await handler(event, { getRemainingTimeInMillis: () => 30_000, awsRequestId: 'request-1' });
  } catch {
    // What nothing caught fails the invocation; its line is what is looked at here.
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  const read = printed.map((text) => JSON.parse(text) as Line);
  lines[name] = [...(lines[name] ?? []), ...read];
  return read;
}

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

const reportedRun = (runId: string) => {
  const now = new Date().toISOString();
  const detail = { job: 'nightly', runId, startedAt: now, finishedAt: now, outcome: 'succeeded' };
  return { id: 'e', source: 'tocsin.batch', 'detail-type': 'Batch Run Finished', detail };
};

const brief = (read: Line[]) =>
  read.map(({ level, what, verdict }) => [level, what, verdict].filter(Boolean).join(' '));

describe('the trail of an alert', () => {
  it('a check leaves a line for each target, under the schedule and its minute', async () => {
    const services = { classifier: { ...document.targets[0]!, url: nobody } };
    const blind = { ...document, targets: [services.classifier] } as MonitoringDocument;
    const tick = { check: 'health', everySeconds: 60, shard: 0, scheduledAt: '2026-11-21T02:10:00Z' };
    expect(await run('health-check', tick, blind)).toMatchObject([
      {
        level: 'INFO',
        service: 'health-check',
        what: 'run',
        correlation_id: 'health-60s-0@2026-11-21T02:10:00.000Z',
        requestId: 'request-1',
        check: 'health',
        target: 'classifier',
        outcome: 'failed',
        errorClass: 'refused',
        seconds: expect.any(Number),
      },
    ]);
  });

  it('the router follows the incident from the moment that it opens', async () => {
    const read = await run('alert-router', message(alarm));
    expect(brief(read)).toEqual(['INFO published', 'INFO published', 'INFO opened', 'INFO message done']);
    expect(new Set(read.map((line) => line['correlation_id']))).toEqual(new Set([incident()]));
    expect(read.at(-1)).toMatchObject({ alarm: alarm.AlarmName, state: 'ALARM', receives: 1 });
  });

  it('a signal that comes twice is said to change nothing, under the same incident', async () => {
    const read = await run('alert-router', message(alarm));
    expect(brief(read)).toEqual(['INFO ignored', 'INFO message done']);
    expect(read.map((line) => line['correlation_id'])).toEqual([incident(), incident()]);
  });

  it('the notifier goes on under it, to the receipt', async () => {
    const read = await run('email-notifier', message(toldTo('ml-team')));
    expect(brief(read)).toEqual(['INFO attempt', 'INFO delivered', 'INFO message done']);
    expect(new Set(read.map((line) => line['correlation_id']))).toEqual(new Set([incident()]));
    expect(read[1]).toMatchObject({ message: 'notification 1 reached ml-team at attempt 1: 0102-ses' });
  });

  it('an attempt that fails says why, and that it is tried again', async () => {
    const read = await run('slack-notifier', message(toldTo('ml-alerts')));
    expect(brief(read)).toEqual(['INFO attempt', 'WARN message retry']);
    expect(read[1]).toMatchObject({ correlation_id: incident(), channel: 'ml-alerts', reason: expect.any(String) });
  });

  it('a message that goes to the dead-letter queue is an error, with its reason', async () => {
    const read = await run('slack-notifier', message({ ...JSON.parse(toldTo('ml-alerts')), channel: 'gone' }));
    expect(brief(read)).toEqual(['ERROR message dead-letter']);
    expect(read[0]).toMatchObject({ correlation_id: incident(), errorClass: 'unknown-channel' });
  });

  it('an unexpected failure is an error under the job and its run, with all of its causes', async () => {
    vi.stubEnv('AWS_MAX_ATTEMPTS', '1');
    aws.answer = () => ({ error: 'InternalError', message: 'SQS is away', status: 500 });
    const read = await run('run-ingest', message(reportedRun('r1')));
    expect(brief(read)).toEqual(['ERROR message thrown']);
    expect(read[0]).toMatchObject({ correlation_id: 'nightly/r1', error: { message: 'SQS is away' } });
  });

  it('a sweep that cannot compare says each cause, in a line of its own', async () => {
    aws.answer = ({ action }) =>
      action === 'DescribeAlarms'
        ? { error: 'AccessDenied', message: 'not allowed to look', status: 403 }
        : { json: {} };
    const read = await run('sweep', { compare: true });
    expect(brief(read)).toEqual(['ERROR invocation']);
    expect(read[0]).toMatchObject({
      service: 'sweep',
      requestId: 'request-1',
      correlation_id: expect.stringMatching(/^sweep@/),
      error: {
        name: 'AggregateError',
        message: expect.stringContaining('the sweep failed'),
        causes: ['AccessDenied: not allowed to look'],
        stack: expect.stringMatching(/not allowed to look\n +at /),
      },
    });
  });

  const tick = (check: string, everySeconds: number) => ({
    check,
    everySeconds,
    shard: 0,
    scheduledAt: '2026-11-21T02:10:00Z',
  });
  it.each<[string, () => unknown]>([
    ['alert-router', () => message(alarm)],
    ['batch-check', () => tick('batch', 300)],
    ['disk-check', () => tick('disk', 300)],
    ['email-notifier', () => message({ ...JSON.parse(toldTo('ml-team')), sequence: 2, id: 'other' })],
    ['health-check', () => tick('health', 60)],
    ['run-ingest', () => message(reportedRun('r2'))],
    ['slack-notifier', () => message({ ...JSON.parse(toldTo('ml-alerts')), sequence: 2, id: 'other' })],
    ['sweep', () => ({})],
  ])('%s says why it failed when its table is gone', async (name, event) => {
    const { HISTORY_TABLE, INCIDENTS_TABLE } = tableNames;
    tableNames = { HISTORY_TABLE: 'gone', INCIDENTS_TABLE: 'gone' };
    const read = await run(name, event()).finally(() => {
      tableNames = { HISTORY_TABLE, INCIDENTS_TABLE };
    });
    const said = read.filter(({ level }) => level !== 'INFO').map(({ error, reason }) => error ?? reason);
    expect(JSON.stringify(said)).toContain('Requested resource not found');
  });

  it('the sweep goes on under the incident when it reminds', async () => {
    // Hours later, and no minute in which it compares with the alarms, of which there are none here.
    vi.useFakeTimers({ toFake: ['Date'], now: Math.ceil(Date.now() / 3_600_000 + 2) * 3_600_000 + 61_000 });
    const read = await run('sweep', {}).finally(() => vi.useRealTimers());
    expect(brief(read)).toEqual(['INFO published', 'INFO published', 'INFO reminder']);
    expect(new Set(read.map((line) => line['correlation_id']))).toEqual(new Set([incident()]));
  });
});

it('no line holds a secret', () => {
  expect(Object.keys(lines)).toContain('slack-notifier');
  expect(JSON.stringify(lines)).not.toContain('hush-hush');
});

describe('the saved queries', () => {
  const words = /^(fields|filter|sort|stats|by|asc|desc|limit|and|or|in|as|count|avg|pct|max|coalesce|\d+)$/;
  /** Fields that are not ours: of the log itself, and of Lambda's own lines. */
  const notOurs = ['@timestamp', 'record.status', 'message.errorMessage'];
  const fieldsOf = (query: string) => {
    const plain = query.replace(/^#.*$/gm, '').replace(/"[^"]*"/g, '');
    const given = [...plain.matchAll(/\bas (\w+)/g)].map(([, name]) => name);
    const named = plain.match(/@?[\w.]+/g) ?? [];
    return [...new Set(named)].filter((name) => !words.test(name) && !given.includes(name) && !notOurs.includes(name));
  };
  const logged = () =>
    new Set(
      Object.values(lines)
        .flat()
        .flatMap((line) => paths(line)),
    );

  it.each(Object.entries(logQueries))('%s asks for fields that are logged', (_, query) => {
    expect(fieldsOf(query).length).toBeGreaterThan(0);
    expect(fieldsOf(query).filter((field) => !logged().has(field))).toEqual([]);
  });
});

const incident = () => (JSON.parse(told[0]!) as { incident: string }).incident;
const toldTo = (channel: string) => told.find((text) => (JSON.parse(text) as Line)['channel'] === channel)!;

/** The names of a line's fields as Logs Insights has them: `error.message` for one inside of another. */
const paths = (line: Line, prefix = ''): string[] =>
  Object.entries(line).flatMap(([name, value]) =>
    typeof value === 'object' && value !== null ? paths(value as Line, `${prefix}${name}.`) : [`${prefix}${name}`],
  );
