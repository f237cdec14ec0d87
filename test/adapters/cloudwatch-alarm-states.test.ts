import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { describe, expect, it } from 'vitest';
import { CloudwatchAlarmStates } from '../../adapters/cloudwatch-alarm-states.ts';
import { alarmsOf } from '../../core/alarms/alarm.ts';
import { aDocument } from '../support/a-document.ts';
import { AwsStandIn } from '../support/aws-stand-in.ts';

const aws = new AwsStandIn();
const states = () => new CloudwatchAlarmStates(new CloudWatchClient(aws.config), { name: 'shop', stage: 'prod' });

const alarm = (name: string, of: object = {}) => ({
  AlarmName: name,
  StateValue: 'ALARM',
  StateReason: 'Threshold Crossed',
  StateUpdatedTimestamp: 2000,
  StateTransitionedTimestamp: 1000,
  ...of,
});

describe('CloudwatchAlarmStates', () => {
  it('asks for the alarms of its own deployment, page by page', async () => {
    aws.answer = ({ input }) =>
      input['NextToken']
        ? { json: { MetricAlarms: [alarm('shop/prod/service/b/down', { StateValue: 'OK' })] } }
        : { json: { MetricAlarms: [alarm('shop/prod/service/a/down')], NextToken: 'more' } };
    const all = await states().all();
    expect(Object.fromEntries(all)).toEqual({
      'shop/prod/service/a/down': { state: 'ALARM', changedAt: 1_000_000, reason: 'Threshold Crossed' },
      'shop/prod/service/b/down': { state: 'OK', changedAt: 1_000_000, reason: 'Threshold Crossed' },
    });
    expect(aws.requests.map(({ input }) => input)).toEqual([
      { AlarmNamePrefix: 'shop/prod/', AlarmTypes: ['MetricAlarm'] },
      { AlarmNamePrefix: 'shop/prod/', AlarmTypes: ['MetricAlarm'], NextToken: 'more' },
    ]);
  });

  it('uses the last update if the time of the transition is missing', async () => {
    aws.answer = () => ({ json: { MetricAlarms: [alarm('a', { StateTransitionedTimestamp: undefined })] } });
    expect((await states().all()).get('a')?.changedAt).toBe(2_000_000);
  });

  it('reads the datapoints that an alarm evaluates, without the incomplete period', async () => {
    const at = (minute: string) => Date.parse(`2026-11-21T02:${minute}:00Z`) / 1000;
    aws.answer = () => ({
      json: {
        MetricDataResults: [{ Id: 'm', Timestamps: [at('09'), at('12')], Values: [0, 1], StatusCode: 'Complete' }],
      },
    });
    const [serviceDown] = alarmsOf(aDocument());
    const now = Date.parse('2026-11-21T02:13:30Z');
    expect(await states().datapoints(serviceDown!, now)).toEqual([undefined, 0, undefined, undefined, 1]);
    expect(aws.requests.at(-1)?.input).toMatchObject({
      StartTime: at('08'),
      EndTime: at('13'),
      MetricDataQueries: [
        {
          MetricStat: {
            Metric: { MetricName: 'ServiceUp', Dimensions: [{ Name: 'Service', Value: 'classifier' }] },
            Period: 60,
            Stat: 'Maximum',
          },
        },
      ],
    });
  });

  it('fails rather than to say that there are no alarms', async () => {
    aws.answer = () => ({ error: 'AccessDenied', message: 'not authorized' });
    await expect(states().all()).rejects.toThrow('not authorized');
  });
});
