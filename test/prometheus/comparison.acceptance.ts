import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Alarm } from '../../core/alarms/alarm.ts';
import { differences } from '../../core/rules/export/differences.ts';
import { type Comparison, compare } from './compare.ts';
import { anyRule, paces } from './generated-rules.ts';

// Rules of every kind and their series, through our evaluator and, exported, through promtool: minute by minute.

const seed = Number(process.env['TOCSIN_SEED'] ?? 20_261_121);
const rulesEach = 150;

const generated = (pace: (typeof paces)[number], gaps: boolean, numRuns = rulesEach) =>
  fc.sample(anyRule(pace, gaps), { seed, numRuns });

function report(what: string, { rules, compared, explained, unexplained }: Comparison): void {
  const reasons = Object.entries(explained).map(([id, count]) => `${count} ${id}`);
  console.log(
    `${what}: ${rules} rules, ${compared} evaluations compared, ${reasons.join(', ') || 'none'} differed${unexplained.length > 0 ? `, ${unexplained.length} WITHOUT A REASON` : ''}`,
  );
}

describe('promtool and our evaluator', () => {
  it.each(paces)('say the same while no value is missing: evaluated every $evaluatedEvery s', (pace) => {
    const result = compare(generated(pace, false), { gaps: false });
    report(`without gaps, ${pace.name}`, result);
    expect(result).toMatchObject({ explained: {}, unexplained: [] });
    expect(result.compared).toBeGreaterThan(1000);
  });

  it.each(paces)('differ over gaps for reasons of the list alone: evaluated every $evaluatedEvery s', (pace) => {
    const result = compare(generated(pace, true), { gaps: true });
    report(`with gaps, ${pace.name}`, result);
    expect(result.unexplained).toEqual([]);
  });
});
