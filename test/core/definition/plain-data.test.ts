import { describe, expect, it } from 'vitest';
import { parseDefinition } from '../../../catalog/parse-definition.ts';
import { messageOf } from '../../../core/definition/plain-data.ts';
import { ConfigError } from '../../../core/definition/problem.ts';
import { health } from '../../../index.ts';
import { aDefinition } from '../../support/a-document.ts';

const circular: Record<string, unknown> = { status: 'ok' };
circular['self'] = { again: circular };
const endless: object = new Proxy(
  {},
  {
    ownKeys: () => ['x'],
    getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
    get: () => ({ ...endless }),
  },
);
const throwing = {
  get url(): string {
    throw new Error('no network yet');
  },
};
const throwsOddly = {
  get url(): string {
    throw Symbol('odd');
  },
};
let deep: unknown = 'x';
for (let i = 0; i < 5000; i++) deep = { deep };

/** The error message for a config with this service. */
const complaint = (service: unknown, rest: object = {}): string => {
  try {
    parseDefinition({ ...aDefinition(), services: { classifier: service }, ...rest }, { world: 'laptop' });
    return '';
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as Error).message;
  }
};

describe('values that are not plain data are reported with their path', () => {
  it.each([
    ['a circular value', { expect: circular }, /services\.classifier\.expect\.self\.again: is a circular reference/],
    ['a property that throws', throwing, /services\.classifier\.url: throws an error when it is read: no network yet/],
    [
      'a property that throws no error',
      throwsOddly,
      /services\.classifier\.url: throws an error when it is read: Symbol\(odd\)/,
    ],
    ['a big integer', { url: 1n }, /services\.classifier\.url: is the big integer 1n; write a plain number/],
    ['a symbol', { url: Symbol('url') }, /services\.classifier\.url: is a symbol/],
    ['a function that was not called', { checks: [health] }, /checks\[0\]: is the function health; call it/],
    ['a promise', { url: Promise.resolve('https://a.example.com') }, /url: is a promise; await it/],
    ['a map', new Map(), /services\.classifier: is a Map; write a plain object/],
    ['deep nesting', { url: deep }, /is nested more than 50 levels deep/],
    ['endless nesting', { url: endless }, /nested more than 50 levels deep|throws an error when it is read/],
  ])('%s', (_, service, says) => expect(complaint(service)).toMatch(says));

  it('the config itself may be anything', () => {
    for (const [value, says] of [
      [() => {}, /the config: is the function/],
      [Promise.resolve({}), /the config: is a promise/],
      [undefined, /is not an object/],
      [null, /is not an object/],
      [[], /is not an object/],
      [1n, /the config: is the big integer/],
    ] as const)
      expect(() => parseDefinition(value, { world: 'laptop' })).toThrow(says);
  });

  it('a value that is used twice is not a circular reference', () => {
    const shared = { status: 'healthy' };
    const service = {
      url: 'https://a.example.com',
      checks: [health({ every: '1 minute', expect: shared })],
      rules: { because: 'none' },
    };
    expect(complaint({ ...service }, { batchJobs: {}, volumes: {} })).not.toMatch(/circular/);
  });
});

it('10,000 invalid targets fit on one screen, with a count', () => {
  const services = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`s${i}`, { url: 'nowhere' }]));
  const message = complaint({}, { services });
  expect(message.split('\n').length).toBeLessThan(25);
  expect(message).toMatch(/^The config has \d\d,\d{3} problems:/);
  expect(message).toMatch(/and \d\d,\d{3} more$/);
});

it('every thrown value has a message', () => {
  const hostile = {
    toString: () => {
      throw new Error('no');
    },
  };
  expect([new Error('x'), 'y', undefined, Symbol('z'), hostile].map(messageOf)).toEqual([
    'x',
    'y',
    'undefined',
    'Symbol(z)',
    'a value that cannot be converted to a string was thrown',
  ]);
});
