import type { MonitoringDocument } from '../../core/definition/document.ts';
import { ruleNamed, ruleNames } from '../../core/incidents/watched-rule.ts';
import type { MetricRule } from '../../core/rules/rule.ts';
import { formatDuration } from '../../core/time/duration.ts';
import type { Notified, Play } from './play.ts';
import { playEventRule } from './play-event-rule.ts';
import { playMetricRule } from './play-metric-rule.ts';
import type { Expectation, RuleTest } from './rule-test.ts';

/** Whether a test passed; if not, the first point in time, in seconds, that differs from the expectation. */
export type RuleTestResult = { passed: true } | { passed: false; at: number; why: string };

/** Runs one test of one rule in simulated time. Nothing is sent. */
export function runRuleTest(document: MonitoringDocument, test: RuleTest, intervalSeconds: number): RuleTestResult {
  const until = Math.max(...test.expect.map(({ at }) => at));
  const play = playOf(document, test, intervalSeconds, until);
  if (typeof play === 'string') return { passed: false, at: 0, why: play };
  let since = -1;
  for (const expected of [...test.expect].sort((a, b) => a.at - b.at)) {
    const notified = play.notified.filter(({ at }) => at > since && at <= expected.at);
    const why = differenceOf(expected, play.stateAt(expected.at), notified);
    if (why) return { passed: false, at: expected.at, why: `${why}\n${play.strip(expected.at)}` };
    since = expected.at;
  }
  return { passed: true };
}

/** Plays the input of a test through its rule, or returns why that is not possible. */
function playOf(document: MonitoringDocument, test: RuleTest, interval: number, until: number): Play | string {
  const watch = ruleNamed(document, test.rule);
  if (!watch) return `the config has no rule ${test.rule}; its rules are ${ruleNames(document).join(', ')}`;
  const { rule } = watch;
  if (rule.type === 'metric') {
    if (!test.series) return 'the rule is on a metric and needs values, for example series: 1x4 0x4';
    const wrong = test.samples && whyNoSamples(rule, test.series.length, test.samples.length);
    return wrong ?? playMetricRule(document, { ...watch, rule }, test.series, interval, until, test.samples);
  }
  return test.runs
    ? playEventRule(document, { ...watch, rule }, test.runs, interval, until)
    : 'the rule is on batch runs and needs their outcomes, for example runs: ok failed failed ok';
}

/** Why `samples` of a test are not valid, or undefined if they are. */
function whyNoSamples(rule: MetricRule, values: number, samples: number): string | undefined {
  if (rule.fewSamples !== 'ignore')
    return "samples have no effect: the rule evaluates periods with few samples. Remove samples, or give the rule fewSamples: 'ignore'";
  return values === samples
    ? undefined
    : `${values} values but ${samples} samples; write one number of samples for each value`;
}

function differenceOf(expected: Expectation, state: string, notified: readonly Notified[]): string | undefined {
  if (expected.state !== undefined && expected.state !== state)
    return `expected ${expected.state}, but the state is ${state}`;
  if (!expected.notified) return undefined;
  const left = [...notified];
  for (const wanted of expected.notified) {
    const index = left.findIndex(
      ({ notification: n }) =>
        n.channel === wanted.channel &&
        n.kind === wanted.kind &&
        (!wanted.contains || `${n.title}. ${n.description}`.includes(wanted.contains)),
    );
    if (index < 0)
      return `expected "${wanted.kind}" to ${wanted.channel}${wanted.contains ? ` whose text contains "${wanted.contains}"` : ''}, but ${sayNotified(notified)}`;
    left.splice(index, 1);
  }
  return left.length > 0 ? `expected no other notification, but ${sayNotified(left)}` : undefined;
}

const sayNotified = (notified: readonly Notified[]) =>
  notified.length === 0
    ? 'no notification was sent'
    : notified
        .map(
          ({ at, notification: n }) =>
            `${n.channel} received "${n.kind}" after ${formatDuration(at)} (${n.title}. ${n.description})`,
        )
        .join('; ');
