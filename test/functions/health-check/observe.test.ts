import { describe, expect, it } from 'vitest';
import { health, serviceDown } from '../../../core/tocsin.ts';
import { observer } from '../../../functions/health-check/observe.ts';
import { aDocument } from '../../support/a-document.ts';

const scheduledAt = Date.parse('2026-11-21T02:10:00Z');

/** What the check asks for when a service is configured so. */
async function asked(url: string, path?: string) {
  const requests: unknown[] = [];
  const checks = [health({ every: '1 minute', timeout: '3 seconds', maxBytes: 1000, ...(path && { path }) })];
  const target = aDocument({ services: { api: { url, checks, rules: [serviceDown()] } } }).targets[0]!;
  const get = async (...request: unknown[]) => {
    requests.push(request);
    return { answered: true as const, status: 200, body: '', timings: {} };
  };
  await observer({ http: { get } })(target, target.checks[0]!, scheduledAt);
  return requests;
}

describe('the health check asks', () => {
  it.each([
    { url: 'https://api.example.com', path: undefined, asks: 'https://api.example.com/health' },
    { url: 'https://api.example.com/', path: '/v2/health?deep=1', asks: 'https://api.example.com/v2/health?deep=1' },
    { url: 'https://api.example.com/v1/', path: 'ready', asks: 'https://api.example.com/v1/ready' },
    { url: 'https://api.example.com', path: 'http://10.0.0.7:8080/ping', asks: 'http://10.0.0.7:8080/ping' },
  ])('$asks for $url and $path, once, within its limits', async ({ url, path, asks }) => {
    expect(await asked(url, path)).toEqual([[asks, { timeoutMs: 3000, maxBytes: 1000 }]]);
  });

  it('for nothing when it is given a target that is no service', async () => {
    const volume = aDocument().targets.find((target) => target.kind === 'volume')!;
    const http = { get: async () => Promise.reject(new Error('asked')) };
    await expect(observer({ http })(volume, volume.checks[0]!, scheduledAt)).rejects.toThrow(
      'was given the volume results',
    );
  });
});
