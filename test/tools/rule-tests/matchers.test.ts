import { ruleMatchers } from 'tocsin/testing';
import { describe, expect, it } from 'vitest';
import monitoring from '../../../monitoring.config.ts';

expect.extend(ruleMatchers);

const outage = { rule: 'classifier/service-down', series: '1x4 0x4 1x5' } as const;

describe('the matcher for rule tests in TypeScript', () => {
  it('passes if the rule behaves as described', () => {
    expect(monitoring).toBehaveAs({
      ...outage,
      expect: [
        { at: '7 minutes', state: 'OK', notified: [] },
        {
          at: '8 minutes',
          state: 'ALARM',
          notified: [
            { channel: 'ml-alerts', kind: 'opened' },
            { channel: 'ml-team', kind: 'opened' },
          ],
        },
      ],
    });
  });

  it('reports the first minute that differs from the expectation, with the values around it', () => {
    expect(() => expect(monitoring).toBehaveAs({ ...outage, expect: [{ at: '7 minutes', state: 'ALARM' }] })).toThrow(
      /classifier\/service-down, after 7 min: expected ALARM, but the state is OK\n.*values from 0 s on: 1 1 1 1 1 0! 0! \[0!\]/,
    );
  });

  it('can be negated', () => {
    expect(monitoring).not.toBehaveAs({ ...outage, expect: [{ at: '7 minutes', state: 'ALARM' }] });
    expect(() =>
      expect(monitoring).not.toBehaveAs({ ...outage, expect: [{ at: '8 minutes', state: 'ALARM' }] }),
    ).toThrow('behaves as described, and the test expects that it does not');
  });

  it('reports what is wrong with an invalid test', () => {
    expect(() =>
      expect(monitoring).toBehaveAs({ ...outage, series: 'up down', expect: [{ at: '7 minutes' }] }),
    ).toThrow('tests[0].series: "up down" item 1 is "up"');
  });

  it('refuses the former keys, and gives the new ones', () => {
    const message = { channel: 'ml-alerts', kind: 'opened', says: 'down' };
    const former = { ...outage, expect: [{ at: '8 minutes', told: [], notified: [message] }] };
    expect(() => expect(monitoring).toBehaveAs(former as never)).toThrow(
      /tests\[0\]\.expect\[0\]\.notified\[0\]\.says: has a new name: write "contains"\n.*expect\[0\]\.told: has a new name: write "notified"/,
    );
  });
});
