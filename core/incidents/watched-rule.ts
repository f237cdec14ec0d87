import { alarmName } from '../alarms/alarm.ts';
import type { MonitoringDocument, Target } from '../definition/document.ts';
import { oncePer } from '../once-per.ts';
import type { MetricRule, Rule } from '../rules/rule.ts';

/** A rule on one target, identified by an alarm's name. */
export interface WatchedRule {
  /** The key of its group: the alarm name with the first id of the rule, so that a renamed rule keeps its incident. */
  key: string;
  /** The current name of its alarm or event rule. */
  alarm: string;
  rule: Rule;
  target: Target;
}

/** A rule that has an alarm. */
export type WatchedMetricRule = WatchedRule & { rule: MetricRule };

/** Whether a rule has an alarm; an event rule has none. */
export const hasMetricRule = (watched: WatchedRule): watched is WatchedMetricRule => watched.rule.type === 'metric';

/** Every rule on every target. */
export const watchedRules = (document: MonitoringDocument): readonly WatchedRule[] => indexOf(document).all;

/** Used for every alarm of every sweep. */
const indexOf = oncePer((document: MonitoringDocument) => {
  const all = allWatchedRules(document);
  // Current names are last, so that they override former ones.
  const byName = new Map([
    ...all.map((watched) => [watched.key, watched] as const),
    ...all.map((watched) => [watched.alarm, watched] as const),
  ]);
  const byRule = new Map([...all].reverse().map((watched) => [ruleName(watched), watched]));
  return { all, byName, byRule };
});

const allWatchedRules = (document: MonitoringDocument): WatchedRule[] =>
  document.targets.flatMap((target) =>
    target.rules.map((rule) => ({
      key: alarmName(document, target, rule.formerly ?? rule.id),
      alarm: alarmName(document, target, rule.id),
      rule,
      target,
    })),
  );

/** The rule with this alarm name or group key. Former names are found too. Undefined if there is no such rule. */
export const findWatchedRule = (document: MonitoringDocument, name: string): WatchedRule | undefined =>
  indexOf(document).byName.get(name);

/** The rule with this name in commands and tests: `<target>/<rule id>`. If targets of two kinds have the same name, the first. */
export const ruleNamed = (document: MonitoringDocument, name: string): WatchedRule | undefined =>
  indexOf(document).byRule.get(name);

/** The name of a rule on its target in commands and tests. */
export const ruleName = ({ target, rule }: WatchedRule): string => `${target.name}/${rule.id}`;

/** The names of all rules. */
export const ruleNames = (document: MonitoringDocument): string[] => watchedRules(document).map(ruleName);
