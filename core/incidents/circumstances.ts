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
 * The input of a step when an alarm changes its state.
 * @param watched the rule of the alarm; undefined when the config has no rule for it
 * @param evidence what the last runs of the rule's check recorded
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

/** The input of a step when a batch run with an event rule has ended. */
export const runCircumstances = (document: MonitoringDocument, watched: WatchedRule, run: BatchRun): Circumstances => ({
  content: runContent(document, watched, run),
  settings: settingsOf(watched.rule),
});

/** Whether the newest datapoint of a signal breaches. An old one is ignored if missing data is treated as not breaching. */
function quotesBreach(rule: MetricRule, { datapoints: [newest], changedAt }: AlarmTransition): boolean {
  if (!newest || !breaches(rule, newest.value)) return false;
  return rule.missingData !== 'notBreaching' || changedAt - newest.at <= 2 * rule.period * 1000;
}
