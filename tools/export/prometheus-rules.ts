import { evaluationInterval } from '../../core/alarms/evaluate.ts';
import type { MonitoringDocument } from '../../core/definition/document.ts';
import { watchesOf } from '../../core/incidents/watch.ts';
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

/** A document's rules as a rule file of Prometheus: a group for each interval at which CloudWatch evaluates. */
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
      ...(differs.length > 0 ? [`Differs where data is missing: ${differs.join(', ')}.`] : []),
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

/** What a rule asks of the series that it reads, and what it cannot say. */
function notesOn({ alarm, watched }: ExportedAlarm): string[] {
  const counts = alarm.statistic === 'Sum' || alarm.statistic === 'SampleCount';
  return [
    ...typeNotes(watched),
    ...(counts && watched.type === 'gauge' && !holdsOneValue(watched)
      ? [
          `${alarm.statistic}: right while each value is stored as one sample; a scrape that repeats a value counts it again.`,
        ]
      : []),
    ...(alarm.fewestSamples !== undefined
      ? ['With too few samples for the percentile CloudWatch leaves the alarm as it is; Prometheus judges it.']
      : []),
  ];
}

/** What the type of a metric, and how often it is scraped, make of a rule. */
function typeNotes(watched: Watched): string[] {
  const { type, statistic, periodSeconds, scrapeSeconds } = watched;
  if (type === 'gauge') {
    const stands = lookbackSeconds(watched);
    return stands > periodSeconds
      ? [
          `Widened for the scrape interval: a value stands for ${formatDuration(stands)}, so that a late scrape is no gap.`,
        ]
      : [];
  }
  return [
    type === 'counter'
      ? 'A counter: what a period brought is its increase, which Prometheus extrapolates.'
      : 'A histogram: statistics are those of its buckets, which bound what they can tell.',
    ...(4 * scrapeSeconds > periodSeconds
      ? [
          `Widened for the scrape interval: the increase of ${formatDuration(Math.max(periodSeconds, 2 * scrapeSeconds))}, or of ${formatDuration(4 * scrapeSeconds)} where that has one sample, in proportion to the period.`,
        ]
      : []),
    ...(type === 'histogram' && (statistic === 'Minimum' || statistic === 'Maximum')
      ? [`${statistic}: the bound of the outermost bucket that has an event; its values lie within it.`]
      : []),
  ];
}

/** What a reader must know of the whole file. */
function headOf(document: MonitoringDocument, alarms: readonly ExportedAlarm[], { scrapeSeconds }: Scraping): string[] {
  const listed = differences.filter(({ concerns }) => alarms.some(({ watched }) => concerns(watched)));
  const news = watchesOf(document).filter(({ rule }) => rule.type === 'event');
  return [
    `The rules of ${document.name}/${document.stage}, made by: tocsin rules export prometheus. Do not edit; export again.`,
    '',
    'A period is a range that ends at the evaluation, a millisecond short, so that no value falls into two periods.',
    `For a scrape every ${formatDuration(scrapeSeconds)}; for another, export again with --scrape-interval.`,
    'One stored sample stands for one published value. CloudWatch sees a value at the evaluation after its minute, Prometheus at the',
    'minute itself: where Tocsin says minute 8, Prometheus says 7.',
    '',
    'While no value is missing, these rules fire and end in the same minutes as the alarms. Where one is missing they may differ:',
    ...listed.map(({ id, says }) => `  ${id}: ${says}`),
    'A metric that stops ends an alert in Prometheus, but with the policy "breaching"; an incident of Tocsin stays open, marked "no data".',
    ...(news.length === 0
      ? []
      : [
          '',
          'Rules on news have no counterpart: Prometheus knows states, and a run that failed is none. Post these to Alertmanager yourself:',
          ...news.map(({ alarm, rule }) => `  ${alarm} (${rule.type === 'event' ? rule.event : ''})`),
        ]),
  ];
}
