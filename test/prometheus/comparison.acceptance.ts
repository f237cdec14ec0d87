import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Alarm } from '../../core/alarms/alarm.ts';
import type { Comparison as Comparator } from '../../core/rules/rule.ts';
import { differences } from '../../tools/export/differences.ts';
import { type Comparison, compare, type Played, play } from './compare.ts';
import { anyRule, type Pace, paces } from './generated-rules.ts';

// Rules of every kind and their series, through our evaluator and, exported, through promtool: minute by minute.

// Another night, another seed, and ten times as many: TOCSIN_SEED=7 TOCSIN_TIMES=10 npm run test:prometheus
const times = Number(process.env['TOCSIN_TIMES'] ?? 1);

/** What promtool says of generated rules. Asked once a pace, since it takes most of the time. */
const played = new Map<string, Played>();
function playedAt(pace: Pace, gaps: boolean): Played {
  const key = `${pace.name} ${gaps}`;
  const known =
    played.get(key) ??
    play(fc.sample(anyRule(pace, gaps), pace.rules * times), { gaps, scrapeSeconds: pace.scrapeSeconds });
  played.set(key, known);
  return known;
}

function report(what: string, { rules, compared, explained, unexplained }: Comparison): void {
  const reasons = Object.entries(explained).map(([id, count]) => `${count} ${id}`);
  console.log(
    `${what}: ${rules} rules, ${compared} evaluations compared, ${reasons.join(', ') || 'none'} differed${unexplained.length > 0 ? `, ${unexplained.length} WITHOUT A REASON` : ''}`,
  );
}

/** The differences that some evaluation showed. */
const shown = new Set<string>();

describe('promtool and our evaluator', () => {
  it.each(paces)('say the same while no value is missing: $name', (pace) => {
    const result = compare(playedAt(pace, false));
    report(`without gaps, ${pace.name}`, result);
    expect(result).toMatchObject({ explained: {}, unexplained: [] });
    expect(result.compared).toBeGreaterThan(10 * result.rules);
  });

  it.each(paces)('differ over gaps for reasons of the list alone: $name', (pace) => {
    const result = compare(playedAt(pace, true));
    report(`with gaps, ${pace.name}`, result);
    for (const id of Object.keys(result.explained)) shown.add(id);
    expect(result.unexplained).toEqual([]);
  });

  it('show every difference of the list, so that none is there for nothing', () => {
    expect([...shown].sort()).toEqual(differences.map(({ id }) => id).sort());
  });
});

/** One step away from the evaluator as it is. Each must show, whatever the rule. */
const mutants: readonly [string, (alarm: Alarm) => Alarm][] = [
  ['takes a value at the limit for the other side', (alarm) => ({ ...alarm, comparison: neighbour[alarm.comparison] })],
  [
    'waits for a datapoint more',
    (alarm) => ({
      ...alarm,
      evaluationPeriods: alarm.evaluationPeriods + 1,
      datapointsToAlarm: alarm.datapointsToAlarm + 1,
    }),
  ],
  [
    'is content with a datapoint less',
    (alarm) => ({
      ...alarm,
      evaluationPeriods: Math.max(1, alarm.evaluationPeriods - 1),
      datapointsToAlarm: Math.max(1, Math.min(alarm.datapointsToAlarm, alarm.evaluationPeriods - 1)),
    }),
  ],
  ['asks for all of N where M are enough', (alarm) => ({ ...alarm, datapointsToAlarm: alarm.evaluationPeriods })],
  ['takes the greatest value of a period', (alarm) => ({ ...alarm, statistic: 'Maximum' })],
];

const neighbour: Record<Comparator, Comparator> = {
  below: 'atOrBelow',
  atOrBelow: 'below',
  above: 'atOrAbove',
  atOrAbove: 'above',
};

describe('an evaluator that is wrong', () => {
  it.each(mutants)('is found out when it %s', (what, evaluatedAs) => {
    const result = compare(playedAt(paces[0]!, false), evaluatedAs);
    report(`it ${what}`, result);
    expect(result.unexplained.length).toBeGreaterThan(0);
  });

  it('is found out over gaps, too: it takes missing data for breaches, whatever the policy', () => {
    const evaluatedAs = (alarm: Alarm): Alarm => ({ ...alarm, missingData: 'breaching' });
    const result = compare(playedAt(paces[0]!, true), evaluatedAs);
    report('it takes missing data for breaches', result);
    expect(result.unexplained.length).toBeGreaterThan(0);
  });
});
