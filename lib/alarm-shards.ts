import { type Alarm, alarmsOf } from '../core/alarms/alarm.ts';
import type { MonitoringDocument } from '../core/definition/document.ts';
import { ConfigError } from '../core/definition/problem.ts';
import { groupBy } from '../core/group-by.ts';
import type { MetricRule } from '../core/rules/rule.ts';
import { alarmStackOf } from './alarm-stack-hash.ts';

/** CloudFormation allows 500 resources per stack. Some are reserved for CDK and for growth between deployments. */
export const alarmsPerStack = 480;

/** An alarm of a rule in the config, not on the pipeline itself. */
export interface RuleAlarm extends Alarm {
  audience: Extract<Alarm['audience'], { people: MetricRule }>;
}

/**
 * The alarms of the rules, by stack. The alarms of a target are in one stack, which is chosen by a stable hash of the
 * target's name: a new target does not move others. (The alarms on checks are next to their schedules.)
 * @throws {ConfigError} when a stack would have too many alarms, with the number of stacks to set
 */
export function alarmShards(document: MonitoringDocument): RuleAlarm[][] {
  const alarms = alarmsOf(document).filter((alarm): alarm is RuleAlarm => 'people' in alarm.audience);
  const shards = split(alarms, document.alarmStacks);
  const largest = fullest(shards.map(({ length }) => length));
  if (largest <= alarmsPerStack) return shards;
  const byTarget = groupBy(alarms, ({ audience }) => audience.target.name);
  const enough = Array.from({ length: 50 }, (_, i) => i + 1).find(
    (count) => fullest(sizesOf(byTarget, count)) <= alarmsPerStack,
  );
  throw new ConfigError([
    {
      path: `stages.${document.stage}.alarmStacks`,
      received: document.alarmStacks,
      message: `puts ${largest} alarms into one stack, and CloudFormation allows 500 resources; ${
        enough ? `set it to ${enough}` : 'split the config into several deployments with different names'
      }`,
    },
  ]);
}

function split(alarms: readonly RuleAlarm[], count: number): RuleAlarm[][] {
  const shards = Array.from({ length: count }, (): RuleAlarm[] => []);
  for (const [target, own] of groupBy(alarms, ({ audience }) => audience.target.name))
    shards[alarmStackOf(target, count)]!.push(...own);
  return shards;
}

/** The number of alarms in each stack, for a number of stacks. One hash per target, because fifty numbers of stacks are tried. */
function sizesOf(byTarget: ReadonlyMap<string, readonly unknown[]>, count: number): number[] {
  const sizes = Array.from({ length: count }, () => 0);
  for (const [target, { length }] of byTarget) sizes[alarmStackOf(target, count)]! += length;
  return sizes;
}

const fullest = (sizes: readonly number[]) => Math.max(...sizes);
