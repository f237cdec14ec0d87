import { describe, expect, it } from 'vitest';
import type { HttpResponse, Room } from '../../../core/checks/observe.ts';
import { observer } from '../../../functions/disk-check/observe.ts';
import { basic, cloudwatchAgent, diskSpaceLow, jsonEndpoint, localDisk, secret } from '../../../index.ts';
import { aDocument } from '../../support/a-document.ts';

const scheduledAt = Date.parse('2026-11-21T02:10:00Z');
const gb = 1024 ** 3;
const half: Room = { freeBytes: 5 * gb, totalBytes: 10 * gb };
const url = 'http://127.0.0.1:9/disk';
const ofJson = { source: jsonEndpoint({ url }) };
const json = (body: unknown, status = 200): HttpResponse => ({
  answered: true,
  status,
  body: typeof body === 'string' ? body : JSON.stringify(body),
  timings: {},
});

const secrets = { get: async () => 'reader:pa55' };

/** Looks at a volume with this source, through instruments that give what they are told. */
async function look(
  source: ReturnType<typeof localDisk | typeof cloudwatchAgent | typeof jsonEndpoint>,
  gives: { room?: Room | Error; http?: HttpResponse } = {},
) {
  const asked: unknown[] = [];
  const room = async (...question: unknown[]) => {
    asked.push(question);
    if (gives.room instanceof Error) throw gives.room;
    return gives.room ?? half;
  };
  const get = async (...question: unknown[]) => {
    asked.push(question);
    return gives.http ?? json(half);
  };
  const volumes = { results: { source, rules: [diskSpaceLow()] } };
  const target = aDocument({ volumes }).targets.find(({ kind }) => kind === 'volume')!;
  const observe = observer({ http: { get }, secrets, localDisks: { room }, agentDisks: { room } });
  return { observation: await observe(target, target.checks[0]!, scheduledAt), asked };
}

describe('each source is asked in its own way and read alike', () => {
  it.each([
    { name: 'a disk of this machine', source: localDisk({ path: '/data' }), asks: [['/data']] },
    {
      name: 'the CloudWatch agent',
      source: cloudwatchAgent({ instanceId: 'i-0123', path: '/data' }),
      asks: [[{ source: 'cloudwatch-agent', instanceId: 'i-0123', path: '/data', namespace: 'CWAgent' }, scheduledAt]],
    },
    { name: 'a JSON endpoint', source: ofJson.source, asks: [[url, { timeoutMs: 5000, maxBytes: 65_536 }]] },
  ])('$name', async ({ source, asks }) => {
    const { observation, asked } = await look(source);
    expect(asked).toEqual(asks);
    expect(observation).toEqual({ outcome: 'ok', measurements: { FreeGigabytes: 5, FreePercent: 50 }, details: half });
  });

  it('a JSON endpoint with names of its own', async () => {
    const source = jsonEndpoint({ url, freeBytes: 'available', totalBytes: 'size' });
    const { observation } = await look(source, { http: json({ available: gb, size: 4 * gb }) });
    expect(observation.measurements).toEqual({ FreeGigabytes: 1, FreePercent: 25 });
  });
});

it('a JSON endpoint behind a login, with nested fields', async () => {
  const source = jsonEndpoint({ url, auth: basic(secret('disk')), freeBytes: '/disk/free', totalBytes: 'disk.size' });
  const { observation, asked } = await look(source, { http: json({ disk: { free: gb, size: 4 * gb } }) });
  expect(asked).toEqual([[url, expect.objectContaining({ authorization: `Basic ${btoa('reader:pa55')}` })]]);
  expect(observation.measurements).toEqual({ FreeGigabytes: 1, FreePercent: 25 });
});

describe('a volume that cannot be read has no measurements, and its class says why', () => {
  const refused: HttpResponse = {
    answered: false,
    error: { class: 'refused', message: 'nobody listens' },
    timings: {},
  };
  it.each([
    {
      source: localDisk({ path: '/gone' }),
      gives: { room: new Error('no such path') },
      error: { class: 'local-disk', message: 'no such path' },
    },
    {
      source: cloudwatchAgent({ instanceId: 'i-0', path: '/' }),
      gives: { room: new Error('2 series match') },
      error: { class: 'cloudwatch-agent', message: '2 series match' },
    },
    { ...ofJson, gives: { http: refused }, error: { class: 'refused', message: 'nobody listens' } },
    {
      ...ofJson,
      gives: { http: json({}, 500) },
      error: { class: 'status', message: `${url} responded with status 500, expected 200 to 299` },
    },
    {
      ...ofJson,
      gives: { http: json('<html>') },
      error: { class: 'body-not-json', message: `the response of ${url} is not a JSON object` },
    },
    {
      ...ofJson,
      gives: { http: json('null') },
      error: { class: 'body-not-json', message: `the response of ${url} is not a JSON object` },
    },
    {
      ...ofJson,
      gives: { http: json({ freeBytes: '5' }) },
      error: { class: 'body-wrong', message: 'freeBytes and totalBytes are "5" and absent, expected two numbers' },
    },
    {
      ...ofJson,
      gives: { http: json(`{"freeBytes":${'{"a":'.repeat(10_000)}1${'}'.repeat(10_001)}`) },
      error: {
        class: 'body-wrong',
        message: 'freeBytes and totalBytes are an object and absent, expected two numbers',
      },
    },
    {
      ...ofJson,
      gives: {
        http: { ...json('{"free'), bodyFault: { class: 'too-large' as const, message: 'the body is too long' } },
      },
      error: { class: 'too-large', message: `${url}: the body is too long` },
    },
    {
      source: jsonEndpoint({ url: `${url}?key=k3y` }),
      gives: { http: json({}, 500) },
      error: { class: 'status', message: `${url} responded with status 500, expected 200 to 299` },
    },
    {
      source: jsonEndpoint({ url, auth: basic(secret('disk')) }),
      gives: { http: json({ freeBytes: 'no: reader:pa55' }) },
      error: {
        class: 'body-wrong',
        message: 'freeBytes and totalBytes are "no: [secret]" and absent, expected two numbers',
      },
    },
    {
      ...ofJson,
      gives: { http: json({ freeBytes: 1, totalBytes: 0 }) },
      error: { class: 'nonsense', message: 'invalid values: 1 of 0 bytes free' },
    },
    {
      ...ofJson,
      gives: { http: json({ freeBytes: 3, totalBytes: 2 }) },
      error: { class: 'nonsense', message: 'invalid values: 3 of 2 bytes free' },
    },
    {
      ...ofJson,
      gives: { http: json({ freeBytes: -1, totalBytes: 2 }) },
      error: { class: 'nonsense', message: 'invalid values: -1 of 2 bytes free' },
    },
  ])('$error.class: $error.message', async ({ source, gives, error }) => {
    const { observation } = await look(source, gives);
    expect(observation).toEqual({ outcome: 'failed', error, measurements: {}, details: {} });
  });
});
