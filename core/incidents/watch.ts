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
export const watchesOf = (document: MonitoringDocument): readonly Watch[] => indexOf(document).all;

/** Documents do not change; what is looked up for every alarm of every sweep is made once for each. */
const indexes = new WeakMap<MonitoringDocument, { all: readonly Watch[]; byName: ReadonlyMap<string, Watch> }>();

function indexOf(document: MonitoringDocument) {
  const known = indexes.get(document);
  if (known) return known;
  const all = allWatches(document);
  // Present names come last, so that they win over former ones.
  const byName = new Map([
    ...all.map((watch) => [watch.key, watch] as const),
    ...all.map((watch) => [watch.alarm, watch] as const),
  ]);
  const index = { all, byName };
  indexes.set(document, index);
  return index;
}

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
