import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Alarm } from '../../core/alarms/alarm.ts';
import { type Datapoint, datapoints } from '../../core/alarms/datapoint.ts';
import { evaluationInterval, evaluationRange } from '../../core/alarms/evaluate.ts';
import { parseDefinition } from '../../core/config/parse-definition.ts';
import { differences } from '../../core/rules/export/differences.ts';
import { type ExportedAlarm, exportedAlarms } from '../../core/rules/export/exported-alarms.ts';
import { sayPromDuration } from '../../core/rules/export/prom-duration.ts';
import { prometheusRules } from '../../core/rules/export/prometheus-rules.ts';
import { playAlarm, stateAt } from '../../core/rules/testing/play-alarm.ts';
import { health } from '../../core/tocsin.ts';
import { writeYaml } from '../../local/write-yaml.ts';
import { aDefinition } from '../support/a-document.ts';
import type { GeneratedRule } from './generated-rules.ts';
import { run } from './tools.ts';

/** An alarm with the series that both sides look at. */
interface Case extends ExportedAlarm {
  series: readonly Datapoint[];
  everySeconds: number;
  /** The evaluations that are compared, in seconds. */
  from: number;
  until: number;
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

/**
 * Plays the same series through our evaluator and, exported, through promtool, and compares every evaluation. Point i is
 * published at i × interval. Our evaluator first sees it at the evaluation after that moment, Prometheus at the moment: so
 * our evaluation at T is that of Prometheus at T less one evaluation interval, and both look at the same values.
 * @param evaluatedAs what our side evaluates in place of an alarm; the mutants of the tests are made with it
 */
export function compare(
  rules: readonly GeneratedRule[],
  options: { gaps: boolean; evaluatedAs?: (alarm: Alarm) => Alarm },
): Comparison {
  const { document, cases } = casesOf(rules, options.gaps);
  const evaluateEvery = evaluationInterval(cases[0]!.alarm);
  const ours = cases.map(({ alarm, series, everySeconds, until }) =>
    playAlarm(options.evaluatedAs?.(alarm) ?? alarm, series, everySeconds, until),
  );
  const expectations = cases.flatMap(({ alarm, from, until }, i) =>
    momentsBetween(from, until, evaluateEvery).map((at) => ({
      expr: `count(ALERTS{alarm="${alarm.name}",alertstate="firing"}) or vector(0)`,
      eval_time: sayPromDuration((at - evaluateEvery) * 1000),
      exp_samples: [{ labels: '{}', value: stateAt(ours[i]!, at) === 'ALARM' ? 1 : 0 }],
    })),
  );
  const files = {
    'rules.yml': writeYaml(prometheusRules(document)),
    // JSON is YAML, and written a hundred times faster.
    'tests.yml': JSON.stringify({
      rule_files: ['rules.yml'],
      evaluation_interval: sayPromDuration(evaluateEvery * 1000),
      tests: [
        {
          interval: sayPromDuration(evaluateEvery * 1000),
          input_series: cases.map((each) => inputSeries(each, evaluateEvery)),
          promql_expr_test: expectations,
        },
      ],
    }),
  };
  const result: Comparison = { rules: cases.length, compared: expectations.length, explained: {}, unexplained: [] };
  for (const { alarm: name, seconds } of disagreements(files)) {
    const i = cases.findIndex(({ alarm }) => alarm.name === name);
    const { watched, alarm } = cases[i]!;
    const at = seconds + evaluateEvery;
    const state = stateAt(ours[i]!, at);
    const range = rangeAt(cases[i]!, at);
    const reason = differences.find(({ explains }) =>
      explains({ watched, at, range, state, fires: state !== 'ALARM' }),
    );
    if (reason) result.explained[reason.id] = (result.explained[reason.id] ?? 0) + 1;
    else
      result.unexplained.push(
        `at ${at} s we say ${state} and Prometheus does not, over [${range.map((point) => point ?? '_').join(' ')}]: ${JSON.stringify({ ...watched, name: alarm.name })}`,
      );
  }
  return result;
}

/** Each rule on a service of its own, so that one document, one rule file and one run of promtool hold them all. */
function casesOf(rules: readonly GeneratedRule[], gaps: boolean) {
  const names = rules.map((_, i) => `s${i}`);
  const document = parseDefinition(
    aDefinition({
      batchJobs: {},
      volumes: {},
      services: Object.fromEntries(
        rules.map(({ rule, everySeconds }, i) => [
          names[i],
          {
            url: 'https://s.example.com',
            checks: [health({ every: `${everySeconds} seconds` })],
            rules: [rule],
          },
        ]),
      ),
    }),
    { world: 'laptop' },
  );
  const exported = exportedAlarms(document);
  const cases = rules.map(({ series, everySeconds }, i): Case => {
    const found = exported.find(({ target }) => target?.name === names[i])!;
    const { periodSeconds, evaluationPeriods } = found.alarm;
    const window = periodSeconds * evaluationPeriods;
    const end = series.length * everySeconds;
    return {
      ...found,
      series,
      everySeconds,
      // Before a series and after it nothing is published: gaps, too.
      from: gaps ? 0 : window,
      until: gaps ? end + window + 3 * periodSeconds : end,
    };
  });
  return { document, cases };
}

const momentsBetween = (from: number, until: number, step: number): number[] => {
  const first = Math.max(step, Math.ceil(from / step) * step);
  return Array.from({ length: Math.max(0, Math.floor((until - first) / step) + 1) }, (_, i) => first + i * step);
};

/** The series at the pace of the evaluation, since promtool has one interval for all series of a test. */
function inputSeries({ watched, series, everySeconds }: Case, evaluateEvery: number) {
  const between = Array.from({ length: everySeconds / evaluateEvery - 1 }, () => '_');
  return {
    series: `${watched.series}{${watched.label.name}="${watched.label.value}",job="elsewhere"}`,
    values: series.flatMap((value) => [value === undefined ? '_' : String(value), ...between]).join(' '),
  };
}

/** The datapoints of an alarm's evaluation range. */
function rangeAt({ alarm, series, everySeconds }: Case, at: number): Datapoint[] {
  const points = series.flatMap((value, i) => (value === undefined ? [] : [{ at: i * everySeconds * 1000, value }]));
  return datapoints(points, {
    end: at * 1000,
    periodSeconds: alarm.periodSeconds,
    count: evaluationRange(alarm),
    statistic: alarm.statistic,
  });
}

const secondsOf = { d: 86_400, h: 3600, m: 60, s: 1 };

/** Where promtool does not find what was expected. Its list is the answer; a verdict that is not understood throws. */
function disagreements(files: Record<string, string>): { alarm: string; seconds: number }[] {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-promtool-'));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const { exitCode, out, err } = run('promtool', ['test', 'rules', 'tests.yml'], folder);
    if (exitCode === 0) return [];
    const found = [...err.matchAll(/expr: "count\(ALERTS\{alarm=\\"([^\\]+)\\".*?", time: (\S+),\s*\n\s+exp: \{\}/g)];
    const failures = err.match(/\btime: /g)?.length ?? 0;
    if (found.length === 0 || found.length !== failures)
      throw new Error(`promtool said more than that something differs:\n${(out + err).slice(0, 4000)}`);
    return found.map(([, alarm, time]) => ({
      alarm: alarm!,
      seconds: [...time!.matchAll(/(\d+)([dhms])/g)].reduce(
        (sum, [, count, unit]) => sum + Number(count) * secondsOf[unit as keyof typeof secondsOf],
        0,
      ),
    }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
