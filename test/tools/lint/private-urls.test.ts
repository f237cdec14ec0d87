import { describe, expect, it } from 'vitest';
import { because, diskSpaceLow, health, jsonEndpoint, serviceDown } from '../../../index.ts';
import { sayFinding } from '../../../tools/lint/finding.ts';
import { lintRules } from '../../../tools/lint/lint-rules.ts';
import { aDocument } from '../../support/a-document.ts';

const checks = [health({ every: '1 minute', path: 'health' })];
const rules = [serviceDown()];
const network = { vpcId: 'vpc-01234567', subnetIds: ['subnet-01234567'] };

describe('a URL that only a private network can reach', () => {
  it('is found on services and volumes, once for each target', () => {
    const document = aDocument({
      services: {
        a: { url: 'http://a:8000', checks, rules },
        b: { url: 'https://b.example.com', checks, rules },
        // The path is an absolute URL, so the URL of the service is never requested.
        c: { url: 'http://c', checks: [health({ every: '1 minute', path: 'https://c.example.com/health' })], rules },
        d: {
          url: 'https://d.example.com',
          checks: [health({ every: '1 minute', path: 'http://10.0.0.7/health' })],
          rules,
        },
      },
      volumes: { data: { source: jsonEndpoint({ url: 'http://192.168.1.20/disk' }), rules: [diskSpaceLow()] } },
    });
    expect(lintRules(document).map(({ code, rule, says }) => [code, rule, says.split(',')[0]])).toEqual([
      ['private-url-without-network', 'a', 'is checked at a:8000'],
      ['private-url-without-network', 'd', 'is checked at 10.0.0.7'],
      ['private-url-without-network', 'data', 'is checked at 192.168.1.20'],
    ]);
  });

  const services = { a: { url: 'http://a:8000', checks, rules } };

  it('is reported with the fix', () => {
    expect(sayFinding(lintRules(aDocument({ services }))[0]!)).toBe(
      "a is checked at a:8000, which only a private network can reach, and functions on AWS run outside of it. Add network: { vpcId, subnetIds } to the config or to the stage, or vpc to the construct; or state the reason, as in network: because('runs on a laptop only'). [private-url-without-network]",
    );
  });

  it.each([
    ['a network', { network }],
    ['a network of the stage', { stages: { prod: { network } } }],
    ['a reason', { network: because('runs on a laptop only') }],
  ])('is not found with %s', (_, change) => {
    expect(lintRules(aDocument({ services, ...change }))).toEqual([]);
  });
});
