import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NodeHttpProbe } from '../../../adapters/got-http-probe.ts';
import { VirtualClock } from '../../../adapters/virtual-clock.ts';
import { healthCheck } from '../../../core/checks/health.ts';
import { evaluate } from '../../../functions/health-check/evaluate.ts';
import { DemoService } from '../../../laptop/demo/demo-service.ts';
import type { DemoMode } from '../../../laptop/demo/demo-traffic.ts';

const start = Date.parse('2026-11-21T02:00:00Z');
let clock: VirtualClock;
let demo: DemoService;
beforeEach(async () => {
  clock = new VirtualClock(start);
  demo = await DemoService.start({ clock });
});
afterEach(() => demo.stop());

const get = async (path: string) => (await fetch(demo.url + path)).text();
const getJson = async (path: string) => JSON.parse(await get(path));
const turn = (mode: string, method = 'POST') => fetch(`${demo.url}/demo/fail?mode=${mode}`, { method });

describe('the pages of the demo service', () => {
  it('/health has the fields of the guide', async () => {
    expect(await getJson('/health')).toEqual({
      status: 'healthy',
      model_loaded: true,
      classes: 10,
      timestamp: '2026-11-21T02:00:00',
    });
  });

  it('/stats has the fields of the guide, with numbers that move', async () => {
    expect(await getJson('/stats')).toMatchObject({ uptime_seconds: 0, total_requests: 0, success_rate: 100 });
    await clock.advance(3_661_000);
    const stats = await getJson('/stats');
    expect(stats).toEqual({
      uptime_seconds: 3661,
      uptime_human: '1:01:01',
      total_requests: expect.any(Number),
      total_images_processed: expect.any(Number),
      successful_predictions: expect.any(Number),
      failed_predictions: expect.any(Number),
      success_rate: expect.any(Number),
      model_loaded: true,
      timestamp: '2026-11-21T03:01:01',
    });
    expect(stats.total_requests).toBeGreaterThan(3661);
    expect(stats.successful_predictions + stats.failed_predictions).toBe(stats.total_images_processed);
    expect(stats.success_rate).toBeGreaterThan(95);
  });

  it('/metrics has every name of both guides, in the format of Prometheus', async () => {
    await clock.advance(600_000);
    const lines = (await get('/metrics')).trimEnd().split('\n');
    const types = Object.fromEntries(
      lines.flatMap((line) => [...line.matchAll(/^# TYPE (\S+) (\S+)$/g)].map((found) => [found[1], found[2]])),
    );
    expect(types).toEqual({
      api_requests_total: 'counter',
      api_request_latency_seconds: 'histogram',
      model_predictions_total: 'counter',
      model_inference_latency_seconds: 'histogram',
      model_confidence_score: 'histogram',
      images_processed_total: 'counter',
      model_accuracy: 'gauge',
      model_loaded: 'gauge',
      cache_size: 'gauge',
      drift_score: 'gauge',
      http_requests_total: 'counter',
      http_request_duration_seconds: 'histogram',
      predictions_total: 'counter',
      model_inference_duration_seconds: 'histogram',
      prediction_confidence: 'histogram',
      data_drift_score: 'gauge',
    });
    const samples = lines.filter((line) => !line.startsWith('#'));
    expect(
      samples.filter((line) => !/^[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? -?\d+(\.\d+)?$/.test(line)),
    ).toEqual([]);
    expect(new Set(samples.map((line) => line.replace(/ \S+$/, ''))).size).toBe(samples.length);
  });

  it('counters and buckets never fall, whatever the modes', async () => {
    const read = async () =>
      new Map(
        (await get('/metrics'))
          .split('\n')
          .filter((line) => /^\w+_(total|bucket|count)[{ ]/.test(line))
          .map((line) => [line.replace(/ \S+$/, ''), Number(line.replace(/^.* /, ''))]),
      );
    let before = await read();
    for (const mode of ['errors', 'model-not-loaded', 'ok'] as const) {
      demo.fail(mode);
      await clock.advance(300_000);
      const after = await read();
      for (const [name, value] of before) {
        expect(after.get(name), `${name} in ${mode}`).toBeGreaterThanOrEqual(value);
      }
      before = after;
    }
  });

  it('names its pages to whoever asks for another', async () => {
    expect(await getJson('/nope')).toEqual({ error: expect.stringContaining('/health, /stats, /metrics') });
  });
});

describe('the switch', () => {
  const settings = healthCheck.settings.parse({
    check: 'health',
    every: '1 minute',
    expect: { status: 'healthy', model_loaded: true },
  });
  const look = async (timeoutMs = 5000) => {
    const answer = await new NodeHttpProbe({ clock }).get(`${demo.url}/health`, { timeoutMs, maxBytes: 65_536 });
    return evaluate(answer, settings, clock.now());
  };

  it.each([
    { mode: 'ok', outcome: 'ok', errorClass: undefined, up: 1 },
    { mode: 'down', outcome: 'failed', errorClass: 'connection', up: 0 },
    { mode: 'model-not-loaded', outcome: 'failed', errorClass: 'model-not-loaded', up: 1 },
    { mode: 'errors', outcome: 'failed', errorClass: 'status', up: 0 },
  ] as const)('to $mode makes the health check see $errorClass', async ({ mode, outcome, errorClass, up }) => {
    expect(await (await turn(mode)).json()).toEqual({ mode });
    const observation = await look();
    expect(observation).toMatchObject({ outcome, measurements: { ServiceUp: up } });
    expect(observation.error?.class).toBe(errorClass);
  });

  it('to slow holds every answer back for three seconds', async () => {
    demo.fail('slow');
    const answer = get('/health');
    while (clock.nextWakeAt === undefined) await new Promise((resolve) => setImmediate(resolve));
    expect(clock.nextWakeAt).toBe(start + 3000);
    await clock.advance(3000);
    expect(JSON.parse(await answer)).toMatchObject({ status: 'healthy' });
    expect((await look(100)).error?.class).toBe('read-timeout');
  });

  it.each(['errors', 'down', 'model-not-loaded'] satisfies DemoMode[])('back from %s heals it', async (mode) => {
    await turn(mode);
    await turn('ok');
    expect((await look()).outcome).toBe('ok');
  });

  it('makes the numbers worse while errors last', async () => {
    await clock.advance(60_000);
    const before = await getJson('/stats');
    demo.fail('errors');
    await clock.advance(60_000);
    demo.fail('ok');
    expect((await getJson('/stats')).success_rate).toBeLessThan(before.success_rate - 10);
  });

  it.each([
    {
      name: 'a mode that there is not',
      mode: 'sad',
      method: 'POST',
      status: 400,
      says: 'unknown mode sad; use one of: ok, down, slow, model-not-loaded, errors',
    },
    { name: 'a GET', mode: 'down', method: 'GET', status: 405, says: 'GET is not allowed; use POST' },
  ])('refuses $name', async ({ mode, method, status, says }) => {
    const response = await turn(mode, method);
    expect(response.status).toBe(status);
    expect(await response.json()).toEqual({ error: says });
    expect(demo.mode).toBe('ok');
  });
});

it('says when its port is taken', async () => {
  await expect(DemoService.start({ clock, port: Number(new URL(demo.url).port) })).rejects.toThrow('EADDRINUSE');
});
