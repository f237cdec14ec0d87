import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import type { IConstruct, IValidation } from 'constructs';
import { dimensionsOf } from '../core/metrics/metric.ts';
import { heartbeats } from './schedules.ts';

/**
 * Silence is written down: a schedule whose own failure would go unheard fails synth. Looks at what is really in the
 * tree, so that it also sees a schedule that was added by hand.
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
          `Schedule ${name ?? node.path} has no alarm on its own failure. Add one on ${Object.values(heartbeats).join(' or ')} with Check=${name ?? 'its name'}, with missing data as a breach and an action.`,
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
