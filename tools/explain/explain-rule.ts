import { placeOf, windowOf } from '../../core/alarms/alarm.ts';
import { checkedUrl } from '../../core/checks/health-url.ts';
import type { MonitoringDocument } from '../../core/definition/document.ts';
import { inhibitorsOf } from '../../core/incidents/inhibition.ts';
import type { WatchedRule } from '../../core/incidents/watched-rule.ts';
import type { Metric } from '../../core/metrics/metric.ts';
import { metricOf } from '../../core/metrics/metric-of.ts';
import { refreshOf } from '../../core/metrics/refresh.ts';
import type { MetricRule, MissingData } from '../../core/rules/rule.ts';
import { sayCondition } from '../../core/rules/say-condition.ts';
import { formatDuration } from '../../core/time/duration.ts';

/** A line of an explanation: the topic and the text. */
export type Explained = readonly [topic: string, text: string];

/** Explains a rule of a config: the path from the metric to the channels, which channels it notifies, and why it does not notify the others. */
export function explainRule(document: MonitoringDocument, watch: WatchedRule): Explained[] {
  const { rule, target, alarm } = watch;
  return [
    ['rule', `${target.name}/${rule.id}, ${rule.tier}: ${rule.summary}`],
    ['fires when', sayCondition(document, rule)],
    ...(rule.type === 'metric' ? explainMetricRule(document, watch, rule) : eventLines(watch)),
    ...(rule.inhibits.length > 0 ? [['inhibits', rule.inhibits.join(', ')] as const] : []),
    ['path', pathOf(document, watch, alarm)],
    ...channelLines(document, watch),
    [
      'reminders',
      rule.remindEvery === 'never' ? 'never' : `every ${formatDuration(rule.remindEvery)} while the incident is open`,
    ],
    ['runbook', typeof rule.runbook === 'string' ? rule.runbook : `none: ${rule.runbook.because}`],
    ...Object.entries(rule.accepts ?? {}).map(([code, reason]): Explained => ['accepted', `${code}: ${reason}`]),
  ];
}

const ofMissing: Record<MissingData, string> = {
  missing: 'the state is unknown; an open incident stays open and is marked "no data"',
  ignore: 'the alarm keeps its state',
  breaching: 'counts as breaching',
  notBreaching: 'counts as not breaching',
};

function explainMetricRule(document: MonitoringDocument, watch: WatchedRule, rule: MetricRule): Explained[] {
  const metric = metricOf(document, rule.metric);
  const { periodSeconds, evaluationPeriods } = windowOf(rule);
  const needed = rule.datapointsToAlarm ?? evaluationPeriods;
  const inhibitors = inhibitorsOf(document, watch).map((other) => other.rule.id);
  return [
    ['metric', `${metric.definition} ${metric.calculation}`],
    ...refreshLine(metric, watch.target),
    ['CloudWatch metric', sayPlace(document, watch, metric)],
    ...requestedBy(watch, metric).map((address): Explained => ['requests', address]),
    ['missing data', ofMissing[rule.missingData]],
    [
      'fires at the earliest',
      `${formatDuration(needed * periodSeconds)} after the first breaching value, plus up to one minute for the evaluation`,
    ],
    ...(rule.keepFiringFor ? [['kept open', `${formatDuration(rule.keepFiringFor)} after recovery`] as const] : []),
    ...(inhibitors.length > 0 ? [['inhibited while', `${inhibitors.join(' or ')} has an open incident`] as const] : []),
  ];
}

/** The URL that the check of a metric requests. */
const requestedBy = ({ target }: WatchedRule, { source }: Metric): string[] =>
  target.checks
    .filter(({ check }) => 'check' in source && source.check === check)
    .flatMap((settings) => checkedUrl(target, settings) ?? []);

/** How often the metric has a new value, and whether the target declares it. */
function refreshLine(metric: Metric, target: WatchedRule['target']): Explained[] {
  const every = refreshOf(metric, target);
  if (every === undefined) return [];
  const isStated = target.refresh?.[metric.name] !== undefined;
  return [['refresh', `every ${formatDuration(every)}${isStated ? ' (refresh of the target)' : ''}`]];
}

function sayPlace(document: MonitoringDocument, { target }: WatchedRule, metric: Metric): string {
  const { namespace, dimensions } = placeOf(document, metric, target);
  return [namespace, metric.name, ...Object.entries(dimensions).map(([name, value]) => `${name}=${value}`)].join(' ');
}

const eventLines = ({ target }: WatchedRule): Explained[] => [
  ['no alarm', `each run of ${target.name} is an event: no metric is evaluated, and no data can be missing`],
];

/** The path from the source of the metric or event to the receipt. */
function pathOf(document: MonitoringDocument, { rule, target }: WatchedRule, alarm: string): string {
  const { name, stage } = document;
  const router = 'alert-router → outbox → topic notifications → a queue per channel → notifier → receipt';
  if (rule.type === 'event')
    return `${target.name} reports a run → event bus ${name}-${stage} → run-ingest → ${router}`;
  return `${emitterOf(document, rule)} → alarm ${alarm} → topic ${name}-${stage}-${rule.tier} → queue → ${router}`;
}

/** The publisher of the metric of a rule. */
function emitterOf(document: Pick<MonitoringDocument, 'metrics'>, rule: MetricRule): string {
  const { source } = metricOf(document, rule.metric);
  if ('check' in source) return `${source.check} check`;
  return 'namespace' in source ? `the publisher of ${source.namespace}` : 'your code';
}

/** A line for each channel of the config: whether the rule notifies it, and why. */
function channelLines({ channels, routes }: MonitoringDocument, { rule }: WatchedRule): Explained[] {
  const chosen = rule.channels ?? routes[rule.tier];
  const why = rule.channels ? 'channels of the rule' : `route of tier ${rule.tier}`;
  return Object.entries(channels).map(([channel, { channel: kind }]): Explained => {
    if (chosen.includes(channel)) return ['notifies', `${channel} (${kind}): ${why}`];
    const others = Object.entries(routes).flatMap(([tier, names]) => (names.includes(channel) ? [tier] : []));
    const routed = others.length > 0 ? `it is in the route of ${others.join(', ')}` : 'it is in no route';
    return ['does not notify', `${channel} (${kind}): not in the ${why}; ${routed}`];
  });
}
