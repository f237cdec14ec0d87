import { evaluationInterval } from '../../core/alarms/evaluate.ts';
import type { MonitoringDocument } from '../../core/definition/document.ts';
import { watchedRules } from '../../core/incidents/watched-rule.ts';
import { formatThreshold } from '../../core/metrics/format-value.ts';
import { formatDuration } from '../../core/time/duration.ts';
import { alertLabels, operatorsSeverity } from './alert-labels.ts';
import { annotationsOf, valueTemplate } from './annotations.ts';
import { differences } from './differences.ts';
import { defaultScraping, type ExportedAlarm, exportedAlarms, type Scraping } from './exported-alarms.ts';
import { Noted } from './noted.ts';
import { sayPromDuration } from './prom-duration.ts';
import { alertName } from './prometheus-words.ts';
import { datapointOf, holdsOneValue, lookbackSeconds, promCondition, type Watched, waits } from './promql.ts';

/** Exports the rules of a document as a Prometheus rule file, with one group for each evaluation interval. */
export function prometheusRules(document: MonitoringDocument, scraping: Scraping = defaultScraping): Noted {
  const alarms = exportedAlarms(document, scraping);
  const intervals = [...new Set(alarms.map(({ alarm }) => evaluationInterval(alarm)))].sort((a, b) => a - b);
  const groups = intervals.map((interval) => ({
    name: `${document.name}-${document.stage}-${sayPromDuration(interval * 1000)}`,
    interval: sayPromDuration(interval * 1000),
    rules: alarms
      .filter(({ alarm }) => evaluationInterval(alarm) === interval)
      .map((exported) => prometheusRule(document, exported)),
  }));
  return new Noted(headOf(document, alarms, scraping), { groups });
}

function prometheusRule(document: MonitoringDocument, exported: ExportedAlarm): Noted {
  const { alarm, watched, target } = exported;
  const { expr, forSeconds } = promCondition(watched);
  const people = 'people' in alarm.audience ? alarm.audience : undefined;
  const differs = differences.filter(({ concerns }) => concerns(watched)).map(({ id }) => id);
  return new Noted(
    [
      `${alarm.name}: ${alarm.datapointsToAlarm} of ${alarm.evaluationPeriods} datapoints of ${formatDuration(alarm.periodSeconds)}, missing data is ${alarm.missingData}.`,
      ...(differs.length > 0 ? [`May differ from CloudWatch if data is missing: ${differs.join(', ')}.`] : []),
      ...notesOn(exported),
    ],
    {
      alert: people ? alertName(people.people.id) : 'CheckNotCompleted',
      expr,
      ...(forSeconds > 0 ? { for: sayPromDuration(forSeconds * 1000) } : {}),
      ...(watched.keepFiringSeconds > 0 ? { keep_firing_for: sayPromDuration(watched.keepFiringSeconds * 1000) } : {}),
      labels: people
        ? alertLabels(document, people.target, people.people)
        : {
            severity: operatorsSeverity,
            deployment: document.name,
            stage: document.stage,
            alarm: alarm.name,
          },
      annotations:
        people && target
          ? annotationsOf(
              document,
              { rule: people.people, target },
              {
                target: target.name,
                value: valueTemplate(
                  alarm.metric.unit,
                  waits(watched) && watched.missingData !== 'breaching' ? undefined : datapointOf(watched, 0),
                ),
                threshold: formatThreshold(alarm.threshold, alarm.metric.unit),
                for: formatDuration(alarm.periodSeconds * alarm.evaluationPeriods),
              },
            )
          : { summary: alarm.description },
    },
  );
}

/** Notes on the requirements and limitations of a rule. */
function notesOn({ alarm, watched }: ExportedAlarm): string[] {
  const counts = alarm.statistic === 'Sum' || alarm.statistic === 'SampleCount';
  return [
    ...typeNotes(watched),
    ...(counts && watched.type === 'gauge' && !holdsOneValue(watched)
      ? [
          `${alarm.statistic} is correct if each value is stored as one sample. A scrape that repeats a value counts it again.`,
        ]
      : []),
    ...(alarm.fewestSamples !== undefined
      ? [
          'If there are too few samples for the percentile, CloudWatch keeps the alarm state; Prometheus evaluates them.',
        ]
      : []),
  ];
}

/** Notes on how the type of a metric and the scrape interval affect a rule. */
function typeNotes(watched: Watched): string[] {
  const { type, statistic, periodSeconds, scrapeSeconds } = watched;
  if (type === 'gauge') {
    const validSeconds = lookbackSeconds(watched);
    return validSeconds > periodSeconds
      ? [
          `Adjusted to the scrape interval: a value is valid for ${formatDuration(validSeconds)}, so that a late scrape is not a gap.`,
        ]
      : [];
  }
  return [
    type === 'counter'
      ? 'Counter: the value of a period is its increase, which Prometheus extrapolates.'
      : 'Histogram: the precision of statistics is limited by the bucket boundaries.',
    ...(4 * scrapeSeconds > periodSeconds
      ? [
          `Adjusted to the scrape interval: uses the increase over ${formatDuration(Math.max(periodSeconds, 2 * scrapeSeconds))}, or over ${formatDuration(4 * scrapeSeconds)} if that has only one sample, scaled to the period.`,
        ]
      : []),
    ...(type === 'histogram' && (statistic === 'Minimum' || statistic === 'Maximum')
      ? [`${statistic} is the boundary of the outermost bucket that has events.`]
      : []),
  ];
}

/** The comment at the top of the file. */
function headOf(document: MonitoringDocument, alarms: readonly ExportedAlarm[], { scrapeSeconds }: Scraping): string[] {
  const listed = differences.filter(({ concerns }) => alarms.some(({ watched }) => concerns(watched)));
  const eventRules = watchedRules(document).filter(({ rule }) => rule.type === 'event');
  return [
    `Rules of ${document.name}/${document.stage}, generated by: tocsin rules export prometheus. Do not edit this file; export it again.`,
    '',
    'A period is a range that ends at the evaluation. It is one millisecond short, so that no value is in two periods.',
    `The scrape interval is ${formatDuration(scrapeSeconds)}. For another interval, export again with --scrape-interval.`,
    'Each stored sample is one published value. CloudWatch includes a value in the evaluation after its minute, Prometheus in that of',
    'the minute itself: minute 8 in Tocsin is minute 7 in Prometheus.',
    '',
    'While no data is missing, these rules fire and resolve in the same minutes as the alarms. If data is missing, they may differ:',
    ...listed.map(({ id, says }) => `  ${id}: ${says}`),
    'If a metric stops, the alert resolves in Prometheus (except with missing data "breaching"). In Tocsin the incident stays open, marked "no data".',
    ...(eventRules.length === 0
      ? []
      : [
          '',
          'Event rules have no counterpart in Prometheus, which evaluates states and not events. Send these alerts to Alertmanager yourself:',
          ...eventRules.map(({ alarm, rule }) => `  ${alarm} (${rule.type === 'event' ? rule.event : ''})`),
        ]),
  ];
}
