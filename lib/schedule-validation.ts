import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import type { IConstruct, IValidation } from 'constructs';
import { dimensionsOf } from '../core/metrics/metric.ts';
import { heartbeats } from './schedules.ts';

/**
 * Fails synth for a schedule without an alarm on its own failure. It checks the construct tree, so that it also finds
 * schedules that were added by hand.
 */
export class EveryScheduleHasAnAlarm implements IValidation {
  readonly #root: IConstruct;

  constructor(root: IConstruct) {
    this.#root = root;
  }

  validate(): string[] {
    const all = this.#root.node.findAll();
    const alarms = all.filter((construct) => construct instanceof CfnAlarm);
    return all
      .filter((construct) => construct instanceof CfnSchedule)
      .filter((schedule) => !alarms.some((alarm) => watches(alarm, schedule.name ?? '')))
      .map(
        ({ name, node }) =>
          `Schedule ${name ?? node.path} has no alarm on its own failure. Add an alarm on ${Object.values(heartbeats).join(' or ')} with the dimension Check=${name ?? 'its name'}, missing data treated as breaching, and an action.`,
      );
  }
}

function watches(alarm: CfnAlarm, schedule: string): boolean {
  const expected = Object.entries(dimensionsOf('check', schedule)).map(([name, value]) => ({ name, value }));
  return (
    Object.values<string | undefined>(heartbeats).includes(alarm.metricName) &&
    JSON.stringify(alarm.dimensions) === JSON.stringify(expected) &&
    alarm.treatMissingData === 'breaching' &&
    (alarm.alarmActions ?? []).length > 0
  );
}
