import type { AlarmTransition } from '../../events/alarm-transition.ts';
import type { BatchRun } from '../../events/batch-run.ts';
import type { Tier } from '../../events/tier.ts';
import { windowOf } from '../alarms/alarm.ts';
import { breaches } from '../alarms/evaluate.ts';
import { availabilityMetric } from '../checks/health.ts';
import type { MonitoringDocument } from '../definition/document.ts';
import { clipStart } from '../delivery/clean-text.ts';
import { formatThreshold, formatValue, readingUnit } from '../metrics/format-value.ts';
import { metricOf } from '../metrics/metric-of.ts';
import { fillPlaceholders } from '../rules/placeholders.ts';
import type { Comparison, MetricRule, Rule } from '../rules/rule.ts';
import { isWebPage } from '../rules/runbook.ts';
import { formatDuration } from '../time/duration.ts';
import type { Evidence } from './evidence.ts';
import type { Incident } from './group.ts';
import type { Watch } from './watch.ts';

/** All that an incident of this rule would say, and to whom. Made before anybody knows whether one opens. */
export interface Brief {
  subject: Omit<Incident['subject'], 'incident' | 'openedAt'>;
  audience: Incident['audience'];
  remindEverySeconds: number | undefined;
  /** How long the incident stays open after recovery. @default not at all */
  keepFiringSeconds?: number | undefined;
  /** The newest value that the signal quotes breaches: then an alarm that is OK has not recovered. @default false */
  stillBreaching?: boolean;
}

/**
 * The brief of a metric rule whose alarm changed its state.
 * @param evidence what the last runs of its check saw
 */
export function alarmBrief(
  document: MonitoringDocument,
  watch: Watch & { rule: MetricRule },
  transition: AlarmTransition,
  { cause, breachingSince }: Evidence = {},
): Brief {
  const brief = wordsOfAlarm(document, watch, transition);
  const { rule } = watch;
  const breaching = transition.datapoints.filter((point) => breaches(rule, point.value)).map(({ at }) => at);
  const began = [...breaching, breachingSince].filter((at) => at !== undefined);
  return {
    ...brief,
    subject: {
      ...brief.subject,
      ...(cause === undefined ? {} : { cause }),
      ...(began.length === 0 ? {} : { startedAt: Math.min(...began) }),
      ...(rule.metric === availabilityMetric ? { down: true } : {}),
    },
    stillBreaching: quotesBreach(rule, transition),
  };
}

/** Whether the newest datapoint of a signal breaches. An old one does not count where silence is good. */
function quotesBreach(rule: MetricRule, { datapoints: [newest], changedAt }: AlarmTransition): boolean {
  if (!newest || !breaches(rule, newest.value)) return false;
  return rule.missingData !== 'notBreaching' || changedAt - newest.at <= 2 * rule.period * 1000;
}

function wordsOfAlarm(
  document: MonitoringDocument,
  watch: Watch & { rule: MetricRule },
  transition: AlarmTransition,
): Brief {
  const { rule, target } = watch;
  const metric = metricOf(document, rule.metric);
  const unit = readingUnit(metric.unit, rule.statistic);
  const value = transition.value === undefined ? undefined : formatValue(transition.value, unit, rule.threshold);
  const threshold = formatThreshold(rule.threshold, unit);
  const { periodSeconds, evaluationPeriods } = windowOf(rule);
  const words = { target: target.name, value, threshold, for: formatDuration(periodSeconds * evaluationPeriods) };
  // A yes or a no tells a person nothing that the title does not; a share of yeses does.
  const numbers =
    metric.yesOrNo && (rule.statistic === 'Maximum' || rule.statistic === 'Minimum')
      ? {}
      : {
          value,
          threshold: `${inWords[rule.comparison]} ${threshold}${evaluationPeriods > 1 ? ` for ${words.for}` : ''}`,
        };
  return value === undefined && rule.description.includes('{{value}}')
    ? briefOf(
        document,
        { ...watch, rule: { ...rule, description: withoutValue } },
        { ...words, ...valueless(rule) },
        numbers,
      )
    : briefOf(document, watch, words, numbers);
}

/** What is said of a value that nobody knows: the alarm counts silence as a breach, or the signal quotes no datapoint. */
const withoutValue = '{{metric}} of {{target}} is {{comparison}} {{threshold}} for {{for}}, or has no values.';
const valueless = ({ metric, comparison }: MetricRule) => ({ metric, comparison: inWords[comparison] });

const inWords: Record<Comparison, string> = {
  below: 'below',
  atOrBelow: 'at or below',
  above: 'above',
  atOrAbove: 'at or above',
};

/** How much of a run's error stands in a message: its end, where a traceback says what went wrong. */
const longestError = 500;

/** The brief of an event rule that a batch run woke. */
export function runBrief(document: MonitoringDocument, watch: Watch, run: BatchRun): Brief {
  const counts = run.total === undefined ? '' : `: ${run.successful ?? '?'} of ${run.total} items succeeded`;
  const words = {
    target: watch.target.name,
    run: run.runId,
    error:
      (run.error && clipStart(run.error.trim(), longestError)) ??
      (run.exitCode === undefined ? 'no reason was given' : `exit code ${run.exitCode}`),
    duration: formatDuration((run.finishedAt - run.startedAt) / 1000),
    counts,
  };
  return briefOf(document, watch, words, {});
}

/** An alarm that no rule answers to still reaches people: an alert is never lost over a name. */
export function strangerBrief(document: MonitoringDocument, transition: AlarmTransition): Brief {
  return {
    subject: {
      tier: 'high',
      deployment: deploymentOf(document),
      target: { kind: 'service', name: transition.alarm.slice(0, 200) },
      alarm: transition.alarm,
      title: `Alarm ${transition.alarm} is not in the config`,
      description: transition.reason.slice(0, 1000),
      actions: ['Remove the alarm, or add a rule for it to the config.'],
    },
    audience: audienceOf(document, 'high', undefined),
    remindEverySeconds: undefined,
  };
}

function briefOf(
  document: MonitoringDocument,
  { rule, target, alarm }: Watch,
  words: Record<string, string | undefined>,
  numbers: { value?: string | undefined; threshold?: string | undefined },
): Brief {
  return {
    subject: {
      tier: rule.tier,
      deployment: deploymentOf(document),
      target: { kind: target.kind, name: target.name },
      alarm,
      title: fillPlaceholders(rule.summary, words),
      description: fillPlaceholders(rule.description, words),
      ...numbers,
      actions: rule.actions.map((action) => fillPlaceholders(action, words)),
      runbook: runbookOf(document, rule),
    },
    audience: audienceOf(document, rule.tier, rule.channels),
    remindEverySeconds: rule.remindEvery === 'never' ? undefined : rule.remindEvery,
    keepFiringSeconds: rule.type === 'metric' ? rule.keepFiringFor : undefined,
  };
}

const deploymentOf = ({ name, stage, timeZone }: MonitoringDocument) => ({ name, stage, timeZone });

/** The channels that hear: those of the rule, else the routes of its tier. */
export const audienceOf = (document: MonitoringDocument, tier: Tier, channels: readonly string[] | undefined) =>
  (channels ?? document.routes[tier]).map((channel) => ({
    channel,
    channelKind: document.channels[channel]?.channel ?? 'unknown',
  }));

/** A URL stands for itself; a bare name is a page under the document's `runbooks`. */
export function runbookOf(document: MonitoringDocument, { runbook }: Rule): string | undefined {
  if (typeof runbook !== 'string') return undefined;
  return isWebPage(runbook) ? runbook : `${document.runbooks.replace(/\/$/, '')}/${runbook}.md`;
}
