import type { AlarmTransition } from '../../events/alarm-transition.ts';
import type { BatchRun } from '../../events/batch-run.ts';
import { breaches } from '../alarms/evaluate.ts';
import type { MonitoringDocument } from '../definition/document.ts';
import type { MetricRule } from '../rules/rule.ts';
import { alarmContent, unknownAlarmContent } from './alarm-content.ts';
import type { Evidence } from './evidence.ts';
import { runContent } from './run-content.ts';
import { type Circumstances, settingsOf } from './step-context.ts';
import { hasMetricRule, type WatchedRule } from './watched-rule.ts';

/**
 * What a step must know when an alarm changes its state.
 * @param watched the rule of the alarm; undefined when no rule of the config has it
 * @param evidence what the last runs of the rule's check saw
 */
export const alarmCircumstances = (
  document: MonitoringDocument,
  watched: WatchedRule | undefined,
  transition: AlarmTransition,
  { cause, breachingSince }: Evidence = {},
): Circumstances =>
  watched && hasMetricRule(watched)
    ? {
        content: alarmContent(document, watched, transition, { breachingSince }),
        settings: settingsOf(watched.rule),
        stillBreaching: quotesBreach(watched.rule, transition),
        cause,
      }
    : { content: unknownAlarmContent(document, transition), cause };

/** What a step must know when a batch run has ended that an event rule waits for. */
export const runCircumstances = (document: MonitoringDocument, watched: WatchedRule, run: BatchRun): Circumstances => ({
  content: runContent(document, watched, run),
  settings: settingsOf(watched.rule),
});

/** Whether the newest datapoint of a signal breaches. An old one does not count where missing data counts as good. */
function quotesBreach(rule: MetricRule, { datapoints: [newest], changedAt }: AlarmTransition): boolean {
  if (!newest || !breaches(rule, newest.value)) return false;
  return rule.missingData !== 'notBreaching' || changedAt - newest.at <= 2 * rule.period * 1000;
}
