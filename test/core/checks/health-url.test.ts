import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { healthUrl, pathProblem } from '../../../core/checks/health-url.ts';

describe('the URL of a health check', () => {
  it.each([
    { url: 'https://api.example.com', path: 'health', expected: 'https://api.example.com/health' },
    { url: 'https://api.example.com/', path: '/health', expected: 'https://api.example.com/health' },
    { url: 'https://gw/models/fraud', path: 'health', expected: 'https://gw/models/fraud/health' },
    { url: 'https://gw/models/fraud/', path: 'health', expected: 'https://gw/models/fraud/health' },
    { url: 'https://gw/models/fraud?key=1', path: 'health', expected: 'https://gw/models/fraud/health?key=1' },
    { url: 'https://gw/m?key=1', path: 'health?deep=1', expected: 'https://gw/m/health?key=1&deep=1' },
    { url: 'https://gw/m?key=1', path: '?deep=1', expected: 'https://gw/m?key=1&deep=1' },
    { url: 'https://gw/health.json', path: '', expected: 'https://gw/health.json' },
    { url: 'https://gw/m', path: 'v1/model:predict', expected: 'https://gw/m/v1/model:predict' },
    { url: 'https://gw:8443/m%20n', path: 'a b', expected: 'https://gw:8443/m%20n/a%20b' },
    { url: 'https://gw', path: '//elsewhere/health', expected: 'https://gw//elsewhere/health' },
    { url: 'https://gw', path: '\\\\elsewhere\\health', expected: 'https://gw///elsewhere/health' },
    { url: 'https://gw', path: '@elsewhere/health', expected: 'https://gw/@elsewhere/health' },
    { url: 'https://gw/m', path: 'http://10.0.0.7:8080/ping?x=1', expected: 'http://10.0.0.7:8080/ping?x=1' },
    { url: 'https://gw/m', path: 'HTTPS://other/ping', expected: 'https://other/ping' },
  ])('is $expected for $url and "$path"', ({ url, path, expected }) => {
    expect(healthUrl(url, path)).toBe(expected);
  });

  it('is always on the host of the service, and keeps its query, for any relative path', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (path) => {
        fc.pre(!/^https?:\/\//i.test(path) && !path.includes('#'));
        const requested = new URL(healthUrl('https://gw:8443/models/fraud?key=1', path));
        expect([requested.origin, requested.username, requested.searchParams.get('key')]).toEqual([
          'https://gw:8443',
          '',
          '1',
        ]);
      }),
    );
  });
});

describe('a path', () => {
  it.each([
    { when: 'it is relative', url: 'https://gw/m', path: 'health' },
    { when: 'it starts with / and the URL has no path', url: 'https://gw/?key=1', path: '/health' },
    { when: 'it is a URL', url: 'https://gw/m', path: 'https://gw/health' },
  ])('is plain when $when', ({ url, path }) => {
    expect(pathProblem(url, path)).toBeUndefined();
  });

  it.each([
    {
      path: '/health',
      says: "is ambiguous under https://gw/models/fraud; write 'health' for https://gw/models/fraud/health, or 'https://gw/health' for the path on the host",
    },
    { path: 'ftp://gw/health', says: 'is not an http or https URL; write a path or a URL' },
    { path: 'http://', says: 'is not an http or https URL' },
    { path: 'health#top', says: 'has a fragment (#…), which HTTP does not send; remove it' },
  ])('"$path" under https://gw/models/fraud?key=1 is rejected: $says', ({ path, says }) => {
    expect(pathProblem('https://gw/models/fraud?key=1', path)).toBe(says);
  });
});
