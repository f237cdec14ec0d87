import { type Alarm, alarmsOf } from '../core/alarms/alarm.ts';
import type { MonitoringDocument } from '../core/config/document.ts';
import { ConfigError } from '../core/config/problem.ts';
import type { MetricRule } from '../core/rules/rule.ts';
import { stackOf } from './stack-of.ts';

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
  const largest = fullest(shards);
  if (largest <= alarmsPerStack) return shards;
  const enough = Array.from({ length: 50 }, (_, i) => i + 1).find(
    (count) => fullest(split(alarms, count)) <= alarmsPerStack,
  );
  throw new ConfigError([
    {
      path: `stages.${document.stage}.alarmStacks`,
      received: document.alarmStacks,
      says: `puts ${largest} alarms into one stack, and CloudFormation takes 500 resources; ${
        enough ? `write ${enough}` : 'split the config into deployments of different names'
      }`,
    },
  ]);
}

function split(alarms: readonly RuleAlarm[], count: number): RuleAlarm[][] {
  const shards = Array.from({ length: count }, (): RuleAlarm[] => []);
  for (const alarm of alarms) shards[stackOf(alarm.audience.target.name, count)]!.push(alarm);
  return shards;
}

const fullest = (shards: readonly unknown[][]) => Math.max(...shards.map((shard) => shard.length));
