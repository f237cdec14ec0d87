import { type Alarm, alarmsOf } from '../core/alarms/alarm.ts';
import type { MonitoringDocument } from '../core/definition/document.ts';
import { ConfigError } from '../core/definition/problem.ts';
import { groupBy } from '../core/group-by.ts';
import type { MetricRule } from '../core/rules/rule.ts';
import { alarmStackOf } from './alarm-stack-hash.ts';

/** CloudFormation takes 500 resources a stack; some are left for what CDK adds and for growth between two deploys. */
export const alarmsPerStack = 480;

/** An alarm of a rule that people wrote, not of the pipeline watching itself. */
export interface RuleAlarm extends Alarm {
  audience: Extract<Alarm['audience'], { people: MetricRule }>;
}

/**
 * The alarms of people's rules, stack by stack. A target's alarms share a stack, and a stable hash of its name decides
 * which: a new target moves no other. (The alarms on checks stand beside their schedules.)
 * @throws {ConfigError} when a stack would hold too many, with the number to set
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
      message: `puts ${largest} alarms into one stack, and CloudFormation takes 500 resources; ${
        enough ? `write ${enough}` : 'split the config into deployments of different names'
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

/** How many alarms each of so many stacks would hold. One hash for each target: fifty numbers of stacks are tried. */
function sizesOf(byTarget: ReadonlyMap<string, readonly unknown[]>, count: number): number[] {
  const sizes = Array.from({ length: count }, () => 0);
  for (const [target, { length }] of byTarget) sizes[alarmStackOf(target, count)]! += length;
  return sizes;
}

const fullest = (sizes: readonly number[]) => Math.max(...sizes);
