import { alarmName } from '../alarms/alarm.ts';
import type { MonitoringDocument, Target } from '../definition/document.ts';
import { oncePer } from '../once-per.ts';
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
export const watchesOf = (document: MonitoringDocument): readonly Watch[] => indexOf(document).all;

/** Asked for every alarm of every sweep. */
const indexOf = oncePer((document: MonitoringDocument) => {
  const all = allWatches(document);
  // Present names come last, so that they win over former ones.
  const byName = new Map([
    ...all.map((watch) => [watch.key, watch] as const),
    ...all.map((watch) => [watch.alarm, watch] as const),
  ]);
  const byRule = new Map([...all].reverse().map((watch) => [ruleName(watch), watch]));
  return { all, byName, byRule };
});

const allWatches = (document: MonitoringDocument): Watch[] =>
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
  indexOf(document).byName.get(name);

/** A rule as people name it in a command or a test: `<target>/<rule id>`. Of targets of two kinds with one name, the first. */
export const ruleNamed = (document: MonitoringDocument, name: string): Watch | undefined =>
  indexOf(document).byRule.get(name);

/** How people name the rule of a watch. */
export const ruleName = ({ target, rule }: Watch): string => `${target.name}/${rule.id}`;

/** The names of all rules. */
export const ruleNames = (document: MonitoringDocument): string[] => watchesOf(document).map(ruleName);
