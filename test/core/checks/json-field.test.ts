import { describe, expect, it } from 'vitest';
import { isPointer, jsonField } from '../../../core/checks/json-field.ts';

const json = {
  status: 'UP',
  components: { model: { status: 'UP', 'a/b': 1, 'm~n': 2 }, list: [{ ok: true }] },
  'server.port': 8080,
  '/literal': 'yes',
};

describe('a field of a JSON value', () => {
  it.each([
    { name: 'status', is: 'UP' },
    { name: '/components/model/status', is: 'UP' },
    { name: 'components.model.status', is: 'UP' },
    { name: 'components.list.0.ok', is: true },
    { name: '/components/list/0/ok', is: true },
    { name: '/components/model/a~1b', is: 1 },
    { name: '/components/model/m~0n', is: 2 },
    { name: 'server.port', is: 8080 },
    { name: '/literal', is: 'yes' },
    { name: 'components.model.absent', is: undefined },
    { name: 'status.length', is: undefined },
    { name: 'components.list.length', is: undefined },
    { name: 'components.list.01', is: undefined },
    { name: 'constructor', is: undefined },
    { name: '/__proto__/toString', is: undefined },
    { name: 'toString', is: undefined },
  ])('$name is $is', ({ name, is }) => {
    expect(jsonField(json, name)).toBe(is);
  });

  it('is found in an array, and the empty name is the whole document', () => {
    expect(jsonField([{ status: 'UP' }], '/0/status')).toBe('UP');
    expect(jsonField(json, '')).toBe(json);
  });

  it('is found at any depth without recursion', () => {
    const depth = 20_000;
    const deep: unknown = JSON.parse(`${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`);
    expect(jsonField(deep, '/a'.repeat(depth))).toBe(1);
  });

  it('has a name in which ~ is escaped as in the RFC', () => {
    expect(['/a~0b', '/a~1b', '/a'].every(isPointer)).toBe(true);
    expect(['/a~', '/a~2'].some(isPointer)).toBe(false);
  });
});
