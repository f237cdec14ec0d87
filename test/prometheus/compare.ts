import { parseDefinition } from '../../catalog/parse-definition.ts';
import type { Alarm } from '../../core/alarms/alarm.ts';
import { evaluationInterval } from '../../core/alarms/evaluate.ts';
import { health } from '../../index.ts';
import { type Difference, type Evaluation, reasonOf } from '../../tools/export/differences.ts';
import { evaluationsFor, heldMoments, type Series } from '../../tools/export/evaluations.ts';
import { exportedAlarms } from '../../tools/export/exported-alarms.ts';
import { playAlarm, stateAt } from '../../tools/rule-tests/play-alarm.ts';
import { aDefinition } from '../support/a-document.ts';
import type { GeneratedRule } from './generated-rules.ts';
import { playInPromtool } from './play-in-promtool.ts';

/** A series, and the evaluations of it that are compared, in seconds. */
interface Case extends Series {
  from: number;
  until: number;
}

/** Rules as promtool played them. */
export interface Played {
  cases: readonly Case[];
  firing: ReadonlyMap<number, ReadonlySet<string>>;
}

/** What a comparison found. */
export interface Comparison {
  rules: number;
  compared: number;
  /** Differing evaluations, by the difference that explains them. */
  explained: Record<string, number>;
  /** The others, in words. */
  unexplained: string[];
}

/** Exports rules and plays them in promtool, each on a service of its own, so that one run holds them all. */
export function play(
  rules: readonly GeneratedRule[],
  { gaps, scrapeSeconds }: { gaps: boolean; scrapeSeconds: number },
): Played {
  const services = rules.map(({ rule, everySeconds }, i) => [
    `s${i}`,
    { url: 'https://s.example.com', checks: [health({ every: `${everySeconds} seconds` })], rules: [rule] },
  ]);
  const definition = aDefinition({ batchJobs: {}, volumes: {}, services: Object.fromEntries(services) });
  const document = parseDefinition(definition, { world: 'laptop' });
  const exported = exportedAlarms(document, { scrapeSeconds });
  const cases = rules.map(({ series, everySeconds }, i): Case => {
    const found = exported.find(({ target }) => target?.name === `s${i}`)!;
    const window = found.alarm.periodSeconds * found.alarm.evaluationPeriods;
    const end = series.length * everySeconds;
    return {
      ...found,
      series,
      everySeconds,
      // Before a series and after it nothing is published: that is a gap, too.
      // A counter tells what a minute brought by the minute before.
      from: gaps ? 0 : window + (found.watched.type === 'counter' ? everySeconds : 0),
      until: gaps ? end + window + 3 * found.alarm.periodSeconds : end,
    };
  });
  return { cases, firing: playInPromtool(document, cases, Math.max(...cases.map(({ until }) => until))) };
}

/**
 * Compares each evaluation of promtool with ours. A point is first seen by our evaluation after its moment, by Prometheus
 * at its moment: so ours at T is that of Prometheus at T less one evaluation interval, and both look at the same values.
 * @param evaluatedAs what our side evaluates in place of an alarm; the mutants of the tests are made with it
 */
export function compare({ cases, firing }: Played, evaluatedAs = (alarm: Alarm) => alarm): Comparison {
  const result: Comparison = { rules: cases.length, compared: 0, explained: {}, unexplained: [] };
  for (const each of cases) {
    const { alarm, watched, series, everySeconds, from, until } = each;
    const step = evaluationInterval(alarm);
    const changes = playAlarm(evaluatedAs(alarm), series, everySeconds, until);
    for (let at = Math.max(step, Math.ceil(from / step) * step); at <= until; at += step) {
      result.compared += 1;
      const fires = firing.get(at - step)?.has(alarm.name) ?? false;
      const open = heldMoments(each, at).some((moment) => stateAt(changes, moment) === 'ALARM');
      if (fires === open) continue;
      const evaluations = evaluationsFor(each, changes, at);
      const { state, range } = evaluations.at(-1)!;
      const reason = reasonFor(evaluations, fires);
      if (reason) result.explained[reason.id] = (result.explained[reason.id] ?? 0) + 1;
      else
        result.unexplained.push(
          `after ${at} s we say ${state} and Prometheus ${fires ? 'fires' : 'does not fire'}, over [${range.map((point) => point ?? '_').join(' ')}]: ${JSON.stringify(watched)}`,
        );
    }
  }
  return result;
}

/** The difference that explains an evaluation. One that holds its alerts may differ for what was before. */
function reasonFor(evaluations: readonly Evaluation[], fires: boolean): Difference | undefined {
  const now = evaluations.at(-1)!;
  if (evaluations.length === 1) return reasonOf({ ...now, fires });
  // What promtool says must be what the datapoints make of the rule, or none of this is a reason.
  if (evaluations.some((evaluation) => evaluation.fires) !== fires) return undefined;
  return reasonOf(now) ?? reasonOf({ ...now, fires: now.state !== 'ALARM', held: evaluations });
}
