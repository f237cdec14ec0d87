import { describe, expect, it } from 'vitest';
import { functionsInNetwork, servicesFromNetwork } from '../../functions/deployed-network.ts';
import { bearer, health, secret, serviceDown } from '../../index.ts';
import { aDocument } from '../support/a-document.ts';

const service = (name?: string) => ({
  url: 'https://a.example.com',
  checks: [health({ every: '1 minute', ...(name && { auth: bearer(secret(name)) }) })],
  rules: [serviceDown()],
});

describe('the services of AWS that functions call from the network', () => {
  it('are those of the functions that connect to targets, and none of the others', () => {
    const document = aDocument();
    expect(functionsInNetwork(document).map(({ name }) => name)).toEqual(['health-check', 'disk-check']);
    expect(servicesFromNetwork(document)).toEqual(['dynamodb', 'monitoring']);
  });

  it.each([
    ['ssm', 'a/token'],
    ['secretsmanager', 'secretsmanager:a/token'],
  ])('include %s for the secret of a check', (store, name) => {
    expect(servicesFromNetwork(aDocument({ services: { a: service(name) } }))).toEqual([
      'dynamodb',
      'monitoring',
      store,
    ]);
  });

  it('are none if no check connects to a target', () => {
    expect(servicesFromNetwork(aDocument({ services: {}, volumes: {} }))).toEqual([]);
  });
});
