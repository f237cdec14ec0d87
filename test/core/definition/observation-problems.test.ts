import { describe, expect, it } from 'vitest';
import { parseDefinition } from '../../../catalog/parse-definition.ts';
import { ConfigError } from '../../../core/definition/problem.ts';
import { basic, bearer, diskSpaceLow, health, jsonEndpoint, secret, serviceDown } from '../../../index.ts';
import { aDefinition, servicesNamed } from '../../support/a-document.ts';

type Health = Partial<Parameters<typeof health>[0]>;

/** The message with which the config is rejected. */
function problemsOf(of: Parameters<typeof aDefinition>[0], world: 'aws' | 'laptop' = 'laptop'): string {
  try {
    parseDefinition(aDefinition(of), { world });
    return '';
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
}
const service = (url: string, settings: Health = {}) => ({
  services: { api: { url, checks: [health({ every: '1 minute', ...settings })], rules: [serviceDown()] } },
});

describe('a timeout that does not fit is rejected, with the calculation', () => {
  it.each<{ targets: number; settings: Health; says: string }>([
    {
      targets: 1,
      settings: { every: '10 seconds', timeout: '20 seconds' },
      says: 'services.s0.checks[0].timeout: "20 seconds" is longer than the 10 seconds of "every"',
    },
    {
      targets: 1,
      settings: { every: '15 minutes', timeout: '10 minutes' },
      says: '0 s + 600 s is more than the available 49 s. Use at most 49 seconds',
    },
    {
      targets: 200,
      settings: { timeout: '45 seconds' },
      says:
        'of 200 targets, 20 start together and the next 20 start 0.5 s later, so the last one starts after 4.5 s; ' +
        '4.5 s + 45 s is more than the available 49 s. Use at most 44 seconds',
    },
    { targets: 1, settings: { timeout: '0 seconds' }, says: 'is less than 0.1 seconds' },
  ])('$targets of $settings', ({ targets, settings, says }) => {
    const names = Array.from({ length: targets }, (_, i) => `s${i}`);
    expect(problemsOf({ services: servicesNamed(names, settings) })).toContain(says);
  });

  it.each<{ targets: number; settings: Health }>([
    { targets: 1, settings: { timeout: '49 seconds' } },
    { targets: 200, settings: { timeout: '44 seconds' } },
    { targets: 200, settings: {} },
    { targets: 60, settings: { timeout: '20 seconds' } },
    { targets: 1, settings: { every: '10 seconds', timeout: '10 seconds' } },
    { targets: 1, settings: { every: '2 seconds' } },
  ])('$targets of $settings fit', ({ targets, settings }) => {
    const names = Array.from({ length: targets }, (_, i) => `s${i}`);
    const rules = [serviceDown({ period: '1 minute' })];
    const services = Object.fromEntries(
      Object.entries(servicesNamed(names, settings)).map(([name, one]) => [name, { ...one, rules }]),
    );
    expect(problemsOf({ services })).toBe('');
  });

  it('uses the interval of the stage', () => {
    const services = service('https://api.example.com', { timeout: '20 seconds' });
    expect(problemsOf({ ...services, stages: { dev: { every: { health: '10 seconds' } } } })).toContain(
      'is longer than the 10 seconds of "every"',
    );
  });
});

describe('credentials in a URL are rejected and never repeated', () => {
  const url = 'https://tocsin:hunter2@api.example.com/x';
  const volumes = { results: { source: jsonEndpoint({ url }), rules: [diskSpaceLow()] } };
  it.each([
    { where: 'services.api.url', config: service(url) },
    { where: 'services.api.url', config: service('https://tocsin@api.example.com') },
    { where: 'services.api.url', config: service('https://tocsin:hunter2@') },
    { where: 'services.api.url', config: service('https:\\\\tocsin:hunter2@api.example.com') },
    { where: 'services.api.checks[0].path', config: service('https://api.example.com', { path: url }) },
    { where: 'volumes.results.source.url', config: { volumes } },
    { where: 'runbooks', config: { runbooks: url } },
    {
      where: 'services.api.rules[0].runbook',
      config: { services: { api: { ...service('https://a.b').services.api, rules: [serviceDown({ runbook: url })] } } },
    },
  ])('$where', ({ where, config }) => {
    const says = problemsOf(config);
    expect(says).toContain(`  ${where}: contains credentials in plain text; remove them`);
    expect(says).not.toMatch(/hunter2|tocsin@|tocsin:/);
  });

  it('also if the value that contains them is invalid', () => {
    const says = problemsOf({ services: { api: [url] } as never });
    expect(says).toContain('services.api');
    expect(says).not.toContain('hunter2');
  });

  it('also if they make the URL invalid', () => {
    const says = problemsOf(service('https://tocsin:hunter2/3@api.example.com'));
    expect(says).toContain('"https://[secret]@api.example.com" is not an http or https URL');
  });

  it('reports how to pass them', () => {
    expect(problemsOf(service(url))).toContain("auth: basic(secret('tocsin/name')), whose value is user:password");
    expect(problemsOf(service('https://api.example.com', { auth: basic(secret('a')) }))).toBe('');
    expect(problemsOf(service('https://api.example.com', { auth: bearer(secret('a')) }))).toBe('');
  });

  it('are not accepted in plain text as auth either', () => {
    for (const auth of ['tocsin:hunter2', basic('tocsin:hunter2' as never), { auth: 'digest', secret: 'hunter2' }]) {
      const says = problemsOf(service('https://api.example.com', { auth: auth as never }));
      expect(says).toContain("write basic(secret('name')) or bearer(secret('name'))");
      expect(says).not.toContain('hunter2');
    }
  });
});

describe('an ambiguous address is rejected', () => {
  it.each<{ url: string; settings: Health; says: string }>([
    {
      url: 'https://gw.example.com/models/fraud',
      settings: { path: '/health' },
      says: "services.api.checks[0].path: \"/health\" is ambiguous under https://gw.example.com/models/fraud; write 'health' for https://gw.example.com/models/fraud/health, or 'https://gw.example.com/health'",
    },
    { url: 'https://gw.example.com/#/models', settings: {}, says: 'has a fragment (#…), which HTTP does not send' },
    { url: 'https://gw.example.com', settings: { path: 'ftp://x/y' }, says: 'is not an http or https URL' },
    { url: 'https://gw.example.com', settings: { expect: { '/a~': 1 } }, says: '"/a~" is not a JSON Pointer' },
  ])('$url with $settings', ({ url, settings, says }) => {
    expect(problemsOf(service(url, settings))).toContain(says);
  });
});
