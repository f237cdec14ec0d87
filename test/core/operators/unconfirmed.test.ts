import { describe, expect, it } from 'vitest';
import type { Datum } from '../../../core/metrics/metric.ts';
import { reportUnconfirmed } from '../../../core/operators/unconfirmed.ts';

const clock = { now: () => Date.parse('2026-11-21T02:10:12Z'), sleep: async () => {} };

describe('operators without a confirmed subscription', () => {
  it.each<[string, string[], string[], string[]]>([
    ['none when each is confirmed', ['a@example.com', 'b@example.com'], ['a@example.com', 'b@example.com'], []],
    ['one who has not followed the link', ['a@example.com', 'b@example.com'], ['a@example.com'], ['b@example.com']],
    ['one who has unsubscribed, or whose subscription SNS has deleted', ['a@example.com'], [], ['a@example.com']],
    ['none for an address in other letters', ['Ops@Example.com'], ['ops@example.com'], []],
    ['not made up for by a stranger', ['a@example.com'], ['stranger@example.com'], ['a@example.com']],
    ['none where there are no operators', [], [], []],
  ])('%s', async (_, operators, confirmed, unconfirmed) => {
    const published: Datum[] = [];
    const report = reportUnconfirmed({
      document: { operators },
      subscriptions: { confirmed: async () => new Set(confirmed) },
      metrics: { publish: async (data) => void published.push(...data) },
      clock,
    });
    expect(await report()).toEqual(unconfirmed);
    // Nothing is published while all is well: an hour without values is not billed.
    expect(published.map(({ metric, value, at }) => [metric, value, new Date(at).toISOString()])).toEqual(
      unconfirmed.length > 0 ? [['OperatorsUnconfirmed', unconfirmed.length, '2026-11-21T02:10:00.000Z']] : [],
    );
  });
});
