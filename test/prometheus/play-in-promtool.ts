import { writeYaml } from '../../cli/write-yaml.ts';
import { evaluationInterval } from '../../core/alarms/evaluate.ts';
import type { MonitoringDocument } from '../../core/definition/document.ts';
import { countUp, type Series } from '../../tools/export/evaluations.ts';
import { sayPromDuration } from '../../tools/export/prom-duration.ts';
import { prometheusRules } from '../../tools/export/prometheus-rules.ts';
import { selectorOf } from '../../tools/export/promql.ts';
import { inFolder } from './in-folder.ts';
import { run } from './tools.ts';

/**
 * Plays series through the exported rules of a document, all of them in one run of promtool. Point i is a sample at
 * i × interval. promtool is asked at each evaluation which alerts fire and told that none does; what it found instead is
 * the answer.
 * @returns the names of the alarms that fire, by the second at which Prometheus evaluates
 */
export function playInPromtool(
  document: MonitoringDocument,
  all: readonly Series[],
  untilSeconds: number,
): Map<number, ReadonlySet<string>> {
  const everySeconds = evaluationInterval(all[0]!.alarm);
  return playSamples(document, {
    samples: all.map((each) => inputSeries(each, everySeconds)),
    samplesEvery: everySeconds,
    scrapeSeconds: all[0]!.watched.scrapeSeconds,
    everySeconds,
    untilSeconds,
  });
}

/** Series as promtool takes them, and how it evaluates. In seconds. */
export interface Samples {
  samples: readonly { series: string; values: string }[];
  samplesEvery: number;
  scrapeSeconds: number;
  everySeconds: number;
  untilSeconds: number;
}

/** The same for samples that stand as promtool takes them. */
export function playSamples(
  document: MonitoringDocument,
  { samples, samplesEvery, scrapeSeconds, everySeconds, untilSeconds }: Samples,
): Map<number, ReadonlySet<string>> {
  const interval = sayPromDuration(everySeconds * 1000);
  const test = {
    interval: sayPromDuration(samplesEvery * 1000),
    input_series: samples,
    promql_expr_test: Array.from({ length: untilSeconds / everySeconds + 1 }, (_, i) => ({
      expr: 'count by (alarm) (ALERTS{alertstate="firing"})',
      eval_time: sayPromDuration(i * everySeconds * 1000),
      exp_samples: [],
    })),
  };
  return foundBy({
    'rules.yml': writeYaml(prometheusRules(document, { scrapeSeconds })),
    'tests.yml': writeYaml({ rule_files: ['rules.yml'], evaluation_interval: interval, tests: [test] }),
  });
}

/** The series at the pace of the evaluation, since promtool has one interval for all series of a test. */
function inputSeries({ watched, series, everySeconds }: Series, evaluateEvery: number) {
  const between = Array.from({ length: everySeconds / evaluateEvery - 1 }, () => '_');
  return {
    // What Prometheus adds to a series when it scrapes it must make no difference.
    series: selectorOf({ ...watched, labels: { ...watched.labels, job: 'ml', instance: '10.0.0.1:8000' } }),
    values: (watched.type === 'counter' ? countUp(series) : series)
      .flatMap((value) => [value === undefined ? '_' : String(value), ...between])
      .join(' '),
  };
}

function foundBy(files: Record<string, string>): Map<number, ReadonlySet<string>> {
  const { out, err } = inFolder(files, (folder) => run('promtool', ['test', 'rules', 'tests.yml'], folder));
  const found = [...err.matchAll(/^ +expr: .*, time: (\S+), *\n +exp: ?.*\n +got: ?(.*)$/gm)];
  // Whatever else it complains of is a fault of ours: a rule that does not load, a series that does not parse.
  if (found.length === 0 || found.length !== err.match(/\btime: /g)?.length)
    throw new Error(`promtool said more than which alerts fire:\n${(out + err).slice(0, 4000)}`);
  return new Map(found.map(([, time, got]) => [secondsIn(time!), new Set(alarmsIn(got!))]));
}

const alarmsIn = (got: string) => [...got.matchAll(/\{alarm="([^"]+)"\}/g)].map(([, name]) => name!);

const unitSeconds = { w: 604_800, d: 86_400, h: 3600, m: 60, s: 1 };
const secondsIn = (duration: string) =>
  [...duration.matchAll(/(\d+)([wdhms])/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * unitSeconds[unit as keyof typeof unitSeconds],
    0,
  );
