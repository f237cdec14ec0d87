import { ruleMatchers } from 'tocsin/testing';
import { describe, expect, it } from 'vitest';
import monitoring from '../../../monitoring.config.ts';

expect.extend(ruleMatchers);

const outage = { rule: 'classifier/service-down', series: '1x4 0x4 1x5' } as const;

describe('the matcher for tests of rules in TypeScript', () => {
  it('passes when the rule behaves as is said', () => {
    expect(monitoring).toBehaveAs({
      ...outage,
      expect: [
        { at: '7 minutes', state: 'OK', told: [] },
        {
          at: '8 minutes',
          state: 'ALARM',
          told: [
            { channel: 'ml-alerts', kind: 'opened' },
            { channel: 'ml-team', kind: 'opened' },
          ],
        },
      ],
    });
  });

  it('names the minute at which reality and expectation part, with the values around it', () => {
    expect(() => expect(monitoring).toBehaveAs({ ...outage, expect: [{ at: '7 minutes', state: 'ALARM' }] })).toThrow(
      /classifier\/service-down, after 7 min: expected ALARM, but it is OK\n.*values from 0 s on: 1 1 1 1 1 0! 0! \[0!\]/,
    );
  });

  it('takes the opposite, too', () => {
    expect(monitoring).not.toBehaveAs({ ...outage, expect: [{ at: '7 minutes', state: 'ALARM' }] });
    expect(() =>
      expect(monitoring).not.toBehaveAs({ ...outage, expect: [{ at: '8 minutes', state: 'ALARM' }] }),
    ).toThrow('behaves so, and should not');
  });

  it('says what is wrong with a test that is none', () => {
    expect(() =>
      expect(monitoring).toBehaveAs({ ...outage, series: 'up down', expect: [{ at: '7 minutes' }] }),
    ).toThrow('tests[0].series: "up down" item 1 is "up"');
  });
});
