import { alarmName } from '../alarms/alarm.ts';
import type { MonitoringDocument, Target } from '../config/document.ts';
import type { Rule } from '../rules/rule.ts';

/** A rule that watches a target: what an alarm's name stands for. */
export interface Watch {
  /** The key of its group: the name under the id that the rule had first, so that a renamed rule keeps its incident. */
  key: string;
  /** The present name of its alarm or event rule. */
  alarm: string;
  rule: Rule;
  target: Target;
}

/** Everything that is watched. */
export const watchesOf = (document: MonitoringDocument): Watch[] =>
  document.targets.flatMap((target) =>
    target.rules.map((rule) => ({
      key: alarmName(document, target, rule.formerly ?? rule.id),
      alarm: alarmName(document, target, rule.id),
      rule,
      target,
    })),
  );

/** What an alarm's name stands for, also by the name that it had before; undefined when no rule answers to it. */
export const findWatch = (document: MonitoringDocument, name: string): Watch | undefined =>
  watchesOf(document).find((watch) => watch.alarm === name || watch.key === name);
