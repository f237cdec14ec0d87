import { marshall } from '@aws-sdk/util-dynamodb';
import { describe, expect, it } from 'vitest';
import { runItem } from '../../../adapters/dynamodb-run-item.ts';
import { type HealthSettings, healthCheck } from '../../../core/checks/health.ts';
import { type HttpResponse, httpErrorClasses } from '../../../core/checks/observe.ts';
import { evaluate } from '../../../functions/health-check/evaluate.ts';
import { aRun } from '../../support/a-run.ts';

const now = Date.parse('2026-11-21T02:10:00Z');
const timings = { dnsMs: 2, connectMs: 1, firstByteMs: 110, totalMs: 118 };
const well = { status: 'healthy', model_loaded: true, classes: 10, timestamp: '2026-11-21T02:10:00' };
const settingsOf = (fields: Partial<Parameters<typeof healthCheck.settings.parse>[0] & object> = {}): HealthSettings =>
  healthCheck.settings.parse({
    check: 'health',
    every: '1 minute',
    expect: { status: 'healthy', model_loaded: true },
    ...fields,
  });
const answered = (body: unknown, fields: Partial<Extract<HttpResponse, { answered: true }>> = {}): HttpResponse => ({
  answered: true,
  status: 200,
  body: typeof body === 'string' ? body : JSON.stringify(body),
  timings,
  ...fields,
});

describe('a service that is well', () => {
  it('is up, has its model, and is measured', () => {
    expect(evaluate(answered(well), settingsOf(), now)).toEqual({
      outcome: 'ok',
      measurements: { ServiceUp: 1, ModelLoaded: 1, ResponseSeconds: 0.118 },
      details: { status: 200, ...timings, body: well },
    });
  });

  it.each([
    { when: 'nothing is expected and the body is no JSON', settings: { expect: {} }, answer: answered('OK') },
    {
      when: 'the status is the one asked for',
      settings: { expect: {}, statusCode: 401 },
      answer: answered('', { status: 401 }),
    },
    { when: 'it counts what it should', settings: { expect: { classes: 10 } }, answer: answered(well) },
    {
      when: 'its clock is near enough',
      settings: { maxClockSkew: '30 seconds' },
      answer: answered({ ...well, timestamp: '2026-11-21T03:10:29+01:00' }),
    },
    {
      when: 'its clock is near enough to the moment of the answer',
      settings: { maxClockSkew: '5 seconds' },
      answer: answered({ ...well, timestamp: '2026-11-21T02:10:40Z' }, { answeredAt: now + 41_000 }),
    },
  ] as const)('is ok when $when', ({ settings, answer }) => {
    expect(evaluate(answer, settingsOf(settings), now)).toMatchObject({
      outcome: 'ok',
      measurements: { ServiceUp: 1 },
    });
  });
});

describe('a service that does not answer', () => {
  it.each(httpErrorClasses.filter((name) => name !== 'read-timeout'))(
    'is down with the class of the error: %s',
    (errorClass) => {
      const error = { class: errorClass, message: 'why' };
      expect(evaluate({ answered: false, error, timings: { dnsMs: 3 } }, settingsOf(), now)).toEqual({
        outcome: 'failed',
        error,
        measurements: { ServiceUp: 0 },
        details: { dnsMs: 3 },
      });
    },
  );
});

it('that timed out is slower than any threshold up to the timeout', () => {
  const error = { class: 'read-timeout', message: 'why' } as const;
  const { measurements } = evaluate({ answered: false, error, timings: {} }, settingsOf({ timeout: '4 seconds' }), now);
  expect(measurements['ServiceUp']).toBe(0);
  expect(measurements['ResponseSeconds']).toBeGreaterThan(4);
});

describe('a service that answers otherwise than expected', () => {
  it.each([
    { body: well, fields: { status: 503 }, errorClass: 'status', message: 'status 503, expected 200 to 299' },
    { body: '<html>', errorClass: 'body-not-json', message: 'the body is not a JSON object: "<html>"' },
    { body: '[1]', errorClass: 'body-not-json', message: 'the body is not a JSON object: "[1]"' },
    {
      body: { ...well, status: 'degraded' },
      errorClass: 'unhealthy',
      message: 'status is "degraded", expected "healthy"',
    },
    { body: { model_loaded: true }, errorClass: 'unhealthy', message: 'status is absent, expected "healthy"' },
    {
      body: { ...well, classes: 9 },
      settings: { expect: { classes: 10 } },
      errorClass: 'body-wrong',
      message: 'classes is 9, expected 10',
    },
    {
      body: { ...well, classes: '10' },
      settings: { expect: { classes: 10 } },
      errorClass: 'body-wrong',
      message: 'classes is "10", expected 10',
    },
    { body: { status: 'healthy' }, errorClass: 'body-wrong', message: 'model_loaded is absent, expected true' },
    {
      body: { ...well, timestamp: '2026-11-21T02:08:00' },
      settings: { maxClockSkew: '1 minute' },
      errorClass: 'clock-skew',
      message: "timestamp is 120 s behind Tocsin's clock (threshold 60 s)",
    },
    {
      body: { ...well, timestamp: '2026-11-21T02:12:00Z' },
      settings: { maxClockSkew: '1 minute' },
      errorClass: 'clock-skew',
      message: "timestamp is 120 s ahead of Tocsin's clock (threshold 60 s)",
    },
    {
      body: { status: 'healthy', model_loaded: true },
      settings: { maxClockSkew: '1 minute' },
      errorClass: 'body-wrong',
      message: 'timestamp is absent, expected an ISO 8601 time',
    },
    {
      body: { status: { deep: true }, model_loaded: true },
      errorClass: 'unhealthy',
      message: 'status is an object, expected "healthy"',
    },
    {
      body: { ...well, components: { model: { status: 'DOWN' } } },
      settings: { expect: { '/components/model/status': 'UP' } },
      errorClass: 'body-wrong',
      message: '/components/model/status is "DOWN", expected "UP"',
    },
    {
      body: well,
      fields: { bodyFault: { class: 'connection', message: 'socket hang up' } },
      errorClass: 'connection',
      message: 'socket hang up',
    },
  ] as const)('is down: $errorClass, $message', ({ body, errorClass, message, ...rest }) => {
    const fields = 'fields' in rest ? rest.fields : {};
    const settings = 'settings' in rest ? rest.settings : {};
    const { outcome, error, measurements } = evaluate(answered(body, fields), settingsOf(settings), now);
    expect({ outcome, error }).toEqual({ outcome: 'failed', error: { class: errorClass, message } });
    expect(measurements).toMatchObject({ ServiceUp: 0, ResponseSeconds: 0.118 });
  });
});

describe('what we cannot judge is unknown, never down', () => {
  const tooLarge = { class: 'too-large', message: 'the body is longer than the limit of 9 bytes' } as const;

  it.each([
    { when: 'longer than is read', bodyFault: tooLarge },
    { when: 'in an encoding that is not known', bodyFault: { class: 'encoding', message: 'encoded as zstd' } as const },
  ])('a body that is $when, and of which something is expected', ({ bodyFault }) => {
    expect(evaluate(answered('{"sta', { bodyFault }), settingsOf(), now)).toMatchObject({
      outcome: 'unknown',
      error: bodyFault,
      measurements: { ResponseSeconds: 0.118 },
    });
    expect(evaluate(answered('', { bodyFault }), settingsOf(), now).measurements).not.toHaveProperty('ServiceUp');
  });

  it.each(['too-large', 'encoding', 'corrupt', 'read-timeout', 'connection'] as const)(
    'a body of which nothing is expected does not matter: %s',
    (name) => {
      const bodyFault = { class: name, message: 'why' };
      expect(evaluate(answered('<ht', { bodyFault }), settingsOf({ expect: {} }), now)).toMatchObject({
        outcome: 'ok',
        measurements: { ServiceUp: 1, ResponseSeconds: 0.118 },
        details: { bodyFault: 'why' },
      });
    },
  );

  it('a clock whose time is not understood leaves the service up', () => {
    const answer = answered({ ...well, timestamp: 'today' });
    expect(evaluate(answer, settingsOf({ maxClockSkew: '1 minute' }), now)).toMatchObject({
      outcome: 'unknown',
      error: {
        class: 'clock-unknown',
        message: 'timestamp is "today", expected an ISO 8601 time',
      },
      measurements: { ServiceUp: 1 },
    });
  });

  it('but a wrong status is down whatever the body', () => {
    const answer = answered('', { status: 503, bodyFault: tooLarge });
    expect(evaluate(answer, settingsOf(), now).measurements).toHaveProperty('ServiceUp', 0);
  });

  it('and a body that timed out has the maximum response time', () => {
    const answer = answered('{', { bodyFault: { class: 'read-timeout', message: 'why' } });
    expect(evaluate(answer, settingsOf(), now).measurements).toEqual({ ServiceUp: 0, ResponseSeconds: 5.001 });
  });
});

it.each([
  { what: 'an object in 10,000 others', body: `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}` },
  { what: 'an array in 30,000 others', body: '['.repeat(30_000) + ']'.repeat(30_000) },
  { what: 'a status in which 10,000 objects lie', body: `{"status":${'{"a":'.repeat(10_000)}1${'}'.repeat(10_001)}` },
  { what: 'numbers and names that no table holds', body: '{"a":1e999,"b":1e-200,"":1,"__proto__":2}' },
])('survives $what', ({ body }) => {
  const observation = evaluate(answered(body), settingsOf({ expect: { status: 'healthy' } }), now);
  expect(observation).toMatchObject({ outcome: 'failed', measurements: { ServiceUp: 0 } });
  const kept = aRun({ start: '2026-11-21T02:10:00Z', ...observation });
  expect(() => marshall(runItem(kept, { retentionDays: 15 }), { removeUndefinedValues: true })).not.toThrow();
});

describe('the model', () => {
  it('that is not loaded is one fault and the service being down another', () => {
    expect(evaluate(answered({ ...well, model_loaded: false }), settingsOf(), now)).toMatchObject({
      outcome: 'failed',
      error: { class: 'model-not-loaded', message: 'model_loaded is false' },
      measurements: { ServiceUp: 1, ModelLoaded: 0 },
    });
  });

  it('is measured even while the service is unhealthy', () => {
    const { measurements } = evaluate(answered({ status: 'starting', model_loaded: false }), settingsOf(), now);
    expect(measurements).toMatchObject({ ServiceUp: 0, ModelLoaded: 0 });
  });

  it('has no value when the service does not say', () => {
    expect(evaluate(answered('OK'), settingsOf({ expect: {} }), now).measurements).not.toHaveProperty('ModelLoaded');
  });
});

describe('the certificate', () => {
  it.each([
    { left: '10 days and a bit', expiresAt: now + 10.5 * 86_400_000, days: 10 },
    { left: 'less than a day', expiresAt: now + 3_600_000, days: 0 },
    { left: 'nothing any more', expiresAt: now - 3_600_000, days: -1 },
  ])('with $left has $days whole days', ({ expiresAt, days }) => {
    const { measurements } = evaluate(answered(well, { certificateExpiresAt: expiresAt }), settingsOf(), now);
    expect(measurements).toHaveProperty('CertificateDaysLeft', days);
  });
});

it('finds in a body only what the body holds', () => {
  const settings = { ...settingsOf(), expect: JSON.parse('{"toString":"x"}') as Record<string, string> };
  expect(evaluate(answered(well), settings, now).error?.message).toBe('toString is absent, expected "x"');
});

it('still counts the days of a certificate for which the answer was refused', () => {
  const error = { class: 'tls', message: 'certificate has expired' } as const;
  const answer = { answered: false, error, timings: {}, certificateExpiresAt: now - 1 } as const;
  expect(evaluate(answer, settingsOf(), now).measurements).toEqual({ ServiceUp: 0, CertificateDaysLeft: -1 });
});

it('keeps little of a large body', () => {
  const large = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`field-${i}`, 'x'.repeat(1000)]));
  const { details } = evaluate(answered({ ...large, nested: { deep: 1 } }), settingsOf({ expect: {} }), now);
  expect(JSON.stringify(details).length).toBeLessThan(5000);
});
