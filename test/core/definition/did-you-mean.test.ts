import { describe, expect, it } from 'vitest';
import { nearest, useOneOf } from '../../../core/definition/did-you-mean.ts';
import { knownKeys } from '../../../core/definition/known-keys.ts';
import { service } from '../../../core/definition/target-schemas.ts';

describe('an unknown name', () => {
  it.each([
    ['prd', ['dev', 'prod'], 'prod'],
    ['ServiceUpp', ['ServiceUp', 'ModelLoaded'], 'ServiceUp'],
    ['service_up', ['ServiceUp', 'ModelLoaded'], 'ServiceUp'],
    ['mlalerts', ['ml-alerts', 'ml-team'], 'ml-alerts'],
    ['pager', ['ml-alerts', 'ml-team'], undefined],
    ['x', ['dev', 'prod'], undefined],
    ['', ['dev'], undefined],
    ['dev', [], undefined],
  ])('the nearest to %s among %j is %s', (name, known, meant) => expect(nearest(name, known)).toBe(meant));

  it('is reported with the known names, of which a long list is truncated', () => {
    expect(useOneOf('prd', ['dev', 'prod'])).toBe('did you mean prod? Use one of: dev, prod');
    expect(useOneOf('nope', ['dev', 'prod'])).toBe('use one of: dev, prod');
    expect(useOneOf('nope', [])).toBe('none exist');
    const many = Array.from({ length: 1000 }, (_, i) => `target-number-${i}`);
    expect(useOneOf('nope', many)).toMatch(/target-number-24, 975 more$/);
  });
});

it('finds the keys of a schema at any depth', () =>
  expect(knownKeys(service)).toEqual(
    expect.arrayContaining(['url', 'checks', 'every', 'expect', 'rules', 'datapointsToAlarm']),
  ));
