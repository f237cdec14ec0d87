import { placeOf, windowOf } from '../../core/alarms/alarm.ts';
import { checkedUrl } from '../../core/checks/health-url.ts';
import type { MonitoringDocument } from '../../core/definition/document.ts';
import { inhibitorsOf } from '../../core/incidents/inhibition.ts';
import type { Watch } from '../../core/incidents/watch.ts';
import type { Metric } from '../../core/metrics/metric.ts';
import { metricOf } from '../../core/metrics/metric-of.ts';
import { refreshOf } from '../../core/metrics/refresh.ts';
import type { MetricRule, MissingData } from '../../core/rules/rule.ts';
import { sayCondition } from '../../core/rules/say-condition.ts';
import { formatDuration } from '../../core/time/duration.ts';

/** A line of an explanation: what it is about, and what is to be said. */
export type Explained = readonly [topic: string, says: string];

/** All that a config says of a rule: its whole way from the metric to people, who is told, and why others are not. */
export function explainRule(document: MonitoringDocument, watch: Watch): Explained[] {
  const { rule, target, alarm } = watch;
  return [
    ['rule', `${target.name}/${rule.id}, ${rule.tier}: ${rule.summary}`],
    ['fires when', sayCondition(document, rule)],
    ...(rule.type === 'metric' ? explainMetricRule(document, watch, rule) : eventLines(watch)),
    ...(rule.inhibits.length > 0 ? [['silences', rule.inhibits.join(', ')] as const] : []),
    ['path', pathOf(document, watch, alarm)],
    ...channelLines(document, watch),
    ['told again', rule.remindEvery === 'never' ? 'never' : `every ${formatDuration(rule.remindEvery)} while it lasts`],
    ['runbook', typeof rule.runbook === 'string' ? rule.runbook : `none: ${rule.runbook.because}`],
    ...Object.entries(rule.accepts ?? {}).map(([code, reason]): Explained => ['accepted', `${code}: ${reason}`]),
  ];
}

const ofMissing: Record<MissingData, string> = {
  missing: 'nobody knows how it is; an open incident stays open and is marked',
  ignore: 'the alarm stays as it is',
  breaching: 'counts as a breach',
  notBreaching: 'counts as fine',
};

function explainMetricRule(document: MonitoringDocument, watch: Watch, rule: MetricRule): Explained[] {
  const metric = metricOf(document, rule.metric);
  const { periodSeconds, evaluationPeriods } = windowOf(rule);
  const needed = rule.datapointsToAlarm ?? evaluationPeriods;
  const inhibitors = inhibitorsOf(document, watch).map((other) => other.rule.id);
  return [
    ['metric', `${metric.definition} ${metric.calculation}`],
    ...refreshLine(metric, watch.target),
    ['found as', sayPlace(document, watch, metric)],
    ...askedBy(watch, metric).map((address): Explained => ['asks', address]),
    ['no data', ofMissing[rule.missingData]],
    [
      'at the earliest',
      `${formatDuration(needed * periodSeconds)} after the first bad value, and up to a minute for the evaluation`,
    ],
    ...(rule.keepFiringFor ? [['held open', `${formatDuration(rule.keepFiringFor)} after recovery`] as const] : []),
    ...(inhibitors.length > 0 ? [['silent while', `${inhibitors.join(' or ')} has an open incident`] as const] : []),
  ];
}

/** The address that is really asked for a metric's values. */
const askedBy = ({ target }: Watch, { source }: Metric): string[] =>
  target.checks
    .filter(({ check }) => 'check' in source && source.check === check)
    .flatMap((settings) => checkedUrl(target, settings) ?? []);

/** How often there is a new value, and who says so. */
function refreshLine(metric: Metric, target: Watch['target']): Explained[] {
  const every = refreshOf(metric, target);
  if (every === undefined) return [];
  const isStated = target.refresh?.[metric.name] !== undefined;
  return [['new values', `every ${formatDuration(every)}${isStated ? ', as the target states' : ''}`]];
}

function sayPlace(document: MonitoringDocument, { target }: Watch, metric: Metric): string {
  const { namespace, dimensions } = placeOf(document, metric, target);
  return [namespace, metric.name, ...Object.entries(dimensions).map(([name, value]) => `${name}=${value}`)].join(' ');
}

const eventLines = ({ target }: Watch): Explained[] => [
  ['no alarm', `a run of ${target.name} is news by itself: nothing is evaluated, nothing can be missing`],
];

/** From who sees it to who sends it. */
function pathOf(document: MonitoringDocument, { rule, target }: Watch, alarm: string): string {
  const { name, stage } = document;
  const router = 'alert-router → outbox → topic notifications → a queue a channel → notifier → receipt';
  if (rule.type === 'event')
    return `${target.name} reports a run → event bus ${name}-${stage} → run-ingest → ${router}`;
  return `${emitterOf(document, rule)} → alarm ${alarm} → topic ${name}-${stage}-${rule.tier} → queue → ${router}`;
}

/** Who publishes the metric of a rule. */
function emitterOf(document: Pick<MonitoringDocument, 'metrics'>, rule: MetricRule): string {
  const { source } = metricOf(document, rule.metric);
  if ('check' in source) return `${source.check} check`;
  return 'namespace' in source ? `whoever publishes in ${source.namespace}` : 'your own code';
}

/** Each channel of the config: told, and by whose word; or not told, and what would have to be said for it. */
function channelLines({ channels, routes }: MonitoringDocument, { rule }: Watch): Explained[] {
  const chosen = rule.channels ?? routes[rule.tier];
  const why = rule.channels ? 'the rule names its channels' : `the route of tier ${rule.tier}`;
  return Object.entries(channels).map(([channel, { channel: kind }]): Explained => {
    if (chosen.includes(channel)) return ['tells', `${channel} (${kind}): ${why}`];
    const others = Object.entries(routes).flatMap(([tier, names]) => (names.includes(channel) ? [tier] : []));
    const hears = others.length > 0 ? `it hears of ${others.join(', ')}` : 'no route names it';
    return [
      'does not tell',
      `${channel} (${kind}): ${why} ${rule.channels ? 'and this is none of them' : 'leaves it out'}; ${hears}`,
    ];
  });
}
