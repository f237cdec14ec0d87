import type { MonitoringDocument } from '../../core/definition/document.ts';
import { ruleNamed, ruleNames } from '../../core/incidents/watch.ts';
import type { MetricRule } from '../../core/rules/rule.ts';
import { formatDuration } from '../../core/time/duration.ts';
import type { Play, Told } from './play.ts';
import { playEventRule } from './play-event-rule.ts';
import { playMetricRule } from './play-metric-rule.ts';
import type { Expectation, RuleTest } from './rule-test.ts';

/** The first minute at which reality and expectation part, or nothing when they agree. */
export type RuleTestResult = { passed: true } | { passed: false; at: number; why: string };

/** Runs one test of one rule. Nothing is sent and no time passes. */
export function runRuleTest(document: MonitoringDocument, test: RuleTest, intervalSeconds: number): RuleTestResult {
  const until = Math.max(...test.expect.map(({ at }) => at));
  const play = playOf(document, test, intervalSeconds, until);
  if (typeof play === 'string') return { passed: false, at: 0, why: play };
  let since = -1;
  for (const expected of [...test.expect].sort((a, b) => a.at - b.at)) {
    const heard = play.told.filter(({ at }) => at > since && at <= expected.at);
    const why = differenceOf(expected, play.stateAt(expected.at), heard);
    if (why) return { passed: false, at: expected.at, why: `${why}\n${play.strip(expected.at)}` };
    since = expected.at;
  }
  return { passed: true };
}

/** What comes of a test's rule and what it is fed, or why that cannot be played. */
function playOf(document: MonitoringDocument, test: RuleTest, interval: number, until: number): Play | string {
  const watch = ruleNamed(document, test.rule);
  if (!watch) return `the config has no rule ${test.rule}; there are ${ruleNames(document).join(', ')}`;
  const { rule } = watch;
  if (rule.type === 'metric') {
    if (!test.series) return 'the rule is on a metric: give it values, as in series: 1x4 0x4';
    const wrong = test.samples && whyNoSamples(rule, test.series.length, test.samples.length);
    return wrong ?? playMetricRule(document, { ...watch, rule }, test.series, interval, until, test.samples);
  }
  return test.runs
    ? playEventRule(document, { ...watch, rule }, test.runs, interval, until)
    : 'the rule waits for batch runs: give it some, as in runs: ok failed failed ok';
}

/** Why a test may not say how many samples its values stand for, if so. */
function whyNoSamples(rule: MetricRule, values: number, samples: number): string | undefined {
  if (rule.fewSamples !== 'ignore')
    return "samples change nothing here: the rule judges few like many. Leave them out, or give the rule fewSamples: 'ignore'";
  return values === samples ? undefined : `${values} values and ${samples} samples: give each value its own`;
}

function differenceOf(expected: Expectation, state: string, told: readonly Told[]): string | undefined {
  if (expected.state !== undefined && expected.state !== state) return `expected ${expected.state}, but it is ${state}`;
  if (!expected.told) return undefined;
  const left = [...told];
  for (const wanted of expected.told) {
    const index = left.findIndex(
      ({ notification: n }) =>
        n.channel === wanted.channel &&
        n.kind === wanted.kind &&
        (!wanted.says || `${n.title}. ${n.description}`.includes(wanted.says)),
    );
    if (index < 0)
      return `expected "${wanted.kind}" to ${wanted.channel}${wanted.says ? ` that says "${wanted.says}"` : ''}, but ${sayTold(told)}`;
    left.splice(index, 1);
  }
  return left.length > 0 ? `expected nothing more, but ${sayTold(left)}` : undefined;
}

const sayTold = (told: readonly Told[]) =>
  told.length === 0
    ? 'nobody was told anything'
    : told
        .map(
          ({ at, notification: n }) =>
            `${n.channel} was told "${n.kind}" after ${formatDuration(at)} (${n.title}. ${n.description})`,
        )
        .join('; ');
