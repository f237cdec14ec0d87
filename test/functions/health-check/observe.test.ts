import { describe, expect, it } from 'vitest';
import type { HttpRequest } from '../../../core/checks/observe.ts';
import type { SecretRef } from '../../../core/definition/secret.ts';
import { observer } from '../../../functions/health-check/observe.ts';
import { basic, bearer, health, secret, serviceDown } from '../../../index.ts';
import { aDocument } from '../../support/a-document.ts';

const scheduledAt = Date.parse('2026-11-21T02:10:00Z');

const secrets = { get: async () => Promise.reject(new Error('no secret is needed')) };

/** A service with one health check, as the observer sees it. */
function aService(url: string, options: Partial<Parameters<typeof health>[0]> = {}) {
  const checks = [health({ every: '1 minute', timeout: '3 seconds', maxBytes: 1000, ...options })];
  return aDocument({ services: { api: { url, checks, rules: [serviceDown()] } } }).targets[0]!;
}

/** What the check asks for when a service is configured so. */
async function asked(url: string, options: Partial<Parameters<typeof health>[0]> = {}) {
  const requests: unknown[] = [];
  const target = aService(url, options);
  const get = async (...request: unknown[]) => {
    requests.push(request);
    return { answered: true as const, status: 200, body: '', timings: {} };
  };
  await observer({ http: { get }, secrets })(target, target.checks[0]!, scheduledAt);
  return requests;
}

describe('the health check asks', () => {
  it.each([
    { url: 'https://api.example.com', path: undefined, asks: 'https://api.example.com/health' },
    { url: 'https://api.example.com/', path: '/v2/health?deep=1', asks: 'https://api.example.com/v2/health?deep=1' },
    { url: 'https://api.example.com/v1/', path: 'ready', asks: 'https://api.example.com/v1/ready' },
    { url: 'https://gw.example.com/models/fraud', path: undefined, asks: 'https://gw.example.com/models/fraud/health' },
    { url: 'https://api.example.com', path: 'http://10.0.0.7:8080/ping', asks: 'http://10.0.0.7:8080/ping' },
  ])('$asks for $url and $path, once, within its limits', async ({ url, path, asks }) => {
    expect(await asked(url, path === undefined ? {} : { path })).toEqual([[asks, { timeoutMs: 3000, maxBytes: 1000 }]]);
  });

  it('without following a redirect that is expected', async () => {
    const [request] = await asked('https://api.example.com', { statusCode: 301 });
    expect(request).toEqual(['https://api.example.com/health', expect.objectContaining({ followRedirects: false })]);
  });

  it('for nothing when it is given a target that is no service', async () => {
    const volume = aDocument().targets.find((target) => target.kind === 'volume')!;
    const http = { get: async () => Promise.reject(new Error('asked')) };
    await expect(observer({ http, secrets })(volume, volume.checks[0]!, scheduledAt)).rejects.toThrow(
      'does not support the volume results',
    );
  });
});

describe('with credentials, the health check', () => {
  const target = aService('https://api.example.com', {
    auth: basic(secret('tocsin/api')),
    expect: { status: 'healthy' },
  });
  const header = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;

  /** A service that knows one password, and a store whose secret may be out of date in the cache. */
  async function look(knows: string, stored: { cached: string; fresh?: string }, body: object = { status: 'healthy' }) {
    const authorizations: (string | undefined)[] = [];
    const get = async (_: string, { authorization }: HttpRequest) => {
      authorizations.push(authorization);
      const status = authorization === header(knows) ? 200 : 401;
      return { answered: true as const, status, body: JSON.stringify(body), timings: {} };
    };
    const store = { get: async (_: SecretRef, { fresh = false } = {}) => (fresh && stored.fresh) || stored.cached };
    const observation = await observer({ http: { get }, secrets: store })(target, target.checks[0]!, scheduledAt);
    return { observation, authorizations };
  }

  it('sends them', async () => {
    const { observation, authorizations } = await look('tocsin:pä55', { cached: 'tocsin:pä55' });
    expect(authorizations).toEqual([header('tocsin:pä55')]);
    expect(observation.outcome).toBe('ok');
  });

  it('reads the secret again, once, when they are refused', async () => {
    const changed = await look('tocsin:new', { cached: 'tocsin:old', fresh: 'tocsin:new' });
    expect(changed.authorizations).toEqual([header('tocsin:old'), header('tocsin:new')]);
    expect(changed.observation.outcome).toBe('ok');
    const same = await look('tocsin:other', { cached: 'tocsin:old' });
    expect(same.authorizations).toHaveLength(1);
    expect(same.observation).toMatchObject({ outcome: 'failed', error: { class: 'status' } });
  });

  it('keeps nothing of them, whatever the service repeats', async () => {
    const echo = {
      status: 'no: tocsin:hunter2!',
      sent: header('tocsin:hunter2!'),
      'hunter2!': 1,
      url: encodeURIComponent('hunter2!ä'),
    };
    const { observation } = await look('tocsin:hunter2!', { cached: 'tocsin:hunter2!' }, echo);
    const kept = JSON.stringify(observation);
    expect(kept).toContain('[secret]');
    for (const form of ['hunter2', Buffer.from('tocsin:hunter2!').toString('base64')]) expect(kept).not.toContain(form);
  });

  it.each([
    { kind: basic, value: 'no-colon', says: 'the secret tocsin/api does not contain user:password; store it again' },
    { kind: bearer, value: 'two words', says: 'the secret tocsin/api is not a valid token' },
  ])('fails with a secret like "$value", and does not repeat it', async ({ kind, value, says }) => {
    const service = aService('https://api.example.com', { auth: kind(secret('tocsin/api')) });
    const http = { get: async () => Promise.reject(new Error('asked')) };
    const looked = observer({ http, secrets: { get: async () => value } })(service, service.checks[0]!, scheduledAt);
    const error = await looked.then(String, String);
    expect(error).toContain(says);
    expect(error).not.toContain(value);
  });
});
