import type { Datapoint } from '../../core/alarms/datapoint.ts';
import { evaluationInterval } from '../../core/alarms/evaluate.ts';
import type { MonitoringDocument } from '../../core/definition/document.ts';
import { groupBy } from '../../core/group-by.ts';
import { ruleNamed } from '../../core/incidents/watch.ts';
import { formatDuration } from '../../core/time/duration.ts';
import { playAlarm } from '../rule-tests/play-alarm.ts';
import type { RuleTest, RuleTestFile } from '../rule-tests/rule-test.ts';
import { reasonOf } from './differences.ts';
import { countUp, evaluationsFor, type Series } from './evaluations.ts';
import { type ExportedAlarm, exportedAlarms, type Scraping } from './exported-alarms.ts';
import { Noted } from './noted.ts';
import { sayPromDuration } from './prom-duration.ts';
import { isIncreaseWidened, selectorOf, type Watched } from './promql.ts';

/** A file of promtool's unit tests. Its name ends on the interval: promtool evaluates all rules of a file at one. */
export interface PromtoolFile {
  name: string;
  content: Noted;
}

/**
 * Tests of rules as unit tests of promtool, over the same series. Where CloudWatch and Prometheus differ, the test expects
 * what Prometheus does and says why. What people are told has no counterpart, that is Alertmanager's; nor have rules on news,
 * nor how many samples a percentile was taken of. Rules on histograms and on counters that are seldom scraped are left out, and named.
 * @param rulesFile the rule file, as the tests will find it
 * @returns a file for each interval of evaluation, and the rules that tests name and the config has not
 */
export function promtoolTests(
  document: MonitoringDocument,
  files: readonly RuleTestFile[],
  rulesFile: string,
  scraping?: Scraping,
): { files: PromtoolFile[]; unknown: string[] } {
  const byAlarm = new Map(exportedAlarms(document, scraping).map((exported) => [exported.alarm.name, exported]));
  const all = files.flatMap(({ interval, tests }) =>
    tests.map((test) => ({ test, interval: test.interval ?? interval })),
  );
  const played = all.flatMap(({ test, interval }) => {
    const exported = byAlarm.get(ruleNamed(document, test.rule)?.alarm ?? '');
    return exported && test.series && !test.samples
      ? [{ exported, test: { ...test, series: test.series }, interval }]
      : [];
  });
  const isLeftOut = ({ exported }: (typeof played)[number]) => isNoSeriesOfValues(exported.watched);
  const left = played.filter(isLeftOut);
  const byPace = groupBy(
    played.filter((each) => !isLeftOut(each)),
    ({ exported }) => evaluationInterval(exported.alarm),
  );
  return {
    files: [...byPace].map(([pace, tests]) => ({
      name: `tocsin.${sayPromDuration(pace * 1000)}.test.yml`,
      content: new Noted(
        [
          'Made by: tocsin rules export prometheus. Prometheus sees a value at its minute, Tocsin at the evaluation after it:',
          `each moment here is ${formatDuration(pace)} before that of the rule test.`,
          ...(left.length === 0
            ? []
            : [
                'Left out, since a histogram holds counts and no values, and a counter over several scrapes is a mean of several values:',
                ...left.map(({ test }) => `  ${test.rule}: ${test.name}`),
              ]),
        ],
        {
          rule_files: [rulesFile],
          evaluation_interval: sayPromDuration(pace * 1000),
          tests: tests.map(({ exported, test, interval }) => promtoolTest(exported, test, interval)),
        },
      ),
    })),
    unknown: all.map(({ test }) => test.rule).filter((rule) => !ruleNamed(document, rule)),
  };
}

/** Whether Prometheus has another value in a period than the one that a rule test writes down. */
const isNoSeriesOfValues = (watched: Watched): boolean =>
  watched.type === 'histogram' || (watched.type === 'counter' && isIncreaseWidened(watched));

function promtoolTest(
  exported: ExportedAlarm,
  test: RuleTest & { series: readonly Datapoint[] },
  interval: number,
): unknown {
  const { alarm, watched } = exported;
  const pace = evaluationInterval(alarm);
  return {
    name: `${test.rule}: ${test.name}`,
    // A counter is there at every scrape, however seldom it counts: its increase needs samples in between.
    ...(watched.type === 'counter' && interval > pace
      ? samples(watched, pace, countUp(test.series), interval / pace)
      : samples(watched, interval, watched.type === 'counter' ? countUp(test.series) : test.series, 1)),
    promql_expr_test: test.expect
      // Before its first evaluation nobody knows anything.
      .filter(({ state, at }) => state !== undefined && at >= pace)
      .map(({ at, state }) => {
        // An expectation between two evaluations means the one before it.
        const moment = Math.floor(at / pace) * pace;
        const differs = differenceAt({ ...exported, series: test.series, everySeconds: interval }, moment);
        const expected = {
          expr: `count(ALERTS{alarm="${alarm.name}",alertstate="firing"}) or vector(0)`,
          eval_time: sayPromDuration((moment - pace) * 1000),
          exp_samples: [{ labels: '{}', value: (state === 'ALARM') !== (differs !== undefined) ? 1 : 0 }],
        };
        return differs ? new Noted([`CloudWatch says ${state} here. ${differs}`], expected) : expected;
      }),
  };
}

/** A series in promtool's notation, each value so many times. */
const samples = (watched: Watched, interval: number, values: readonly Datapoint[], times: number) => ({
  interval: sayPromDuration(interval * 1000),
  input_series: [
    {
      series: selectorOf(watched),
      values: values
        .map((value) => `${value ?? '_'}${times > 1 ? `x${value === undefined ? times : times - 1}` : ''}`)
        .join(' '),
    },
  ],
});

/** In which way Prometheus differs from the alarm at a moment, if it does. */
function differenceAt(each: Series, at: number): string | undefined {
  const evaluations = evaluationsFor(each, playAlarm(each.alarm, each.series, each.everySeconds, at), at);
  const now = evaluations.at(-1)!;
  if (evaluations.some(({ fires }) => fires) === (now.state === 'ALARM')) return undefined;
  const reason = reasonOf(now);
  return reason ? `${reason.id}: ${reason.says}` : 'Prometheus holds the alert, as Tocsin holds the incident.';
}
