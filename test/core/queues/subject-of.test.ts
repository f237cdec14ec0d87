import { expect, it } from 'vitest';
import { subjectOf } from '../../../core/queues/subject-of.ts';
import transition from '../../../events/alarm-transition.sample.json' with { type: 'json' };
import batchRun from '../../../events/batch-run.sample.json' with { type: 'json' };
import news from '../../../events/batch-run-recorded.sample.json' with { type: 'json' };
import notification from '../../../events/notification.sample.json' with { type: 'json' };

it.each([
  [
    'a notification is about its incident',
    notification,
    {
      correlation: notification.incident,
      fields: {
        incident: notification.incident,
        notification: notification.id,
        channel: notification.channel,
        kind: notification.kind,
      },
    },
  ],
  [
    'a change of state is about its alarm, until the router knows the incident',
    transition,
    {
      correlation: transition.AlarmName,
      fields: { alarm: transition.AlarmName, state: 'ALARM', changedAt: transition.StateChangeTime },
    },
  ],
  ['a reported run is about itself', batchRun, runOf(batchRun.detail)],
  ['the news of a run is about the same', news, runOf(news.run)],
  [
    'a notification that its notifier refuses is still about its incident',
    { ...notification, tier: 'loud' },
    { correlation: notification.incident },
  ],
])('%s', (_, message, expected) => {
  expect(subjectOf(JSON.stringify(message))).toMatchObject(expected);
});

function runOf({ job, runId, outcome }: { job: string; runId: string; outcome: string }) {
  return { correlation: `${job}/${runId}`, fields: { job, run: runId, outcome } };
}

it.each(['not JSON', '{}', 'null', '{"incident": 7}'])('%s is about nothing', (body) => {
  expect(subjectOf(body)).toEqual({ fields: {} });
});

it('keeps a line short, whatever the message holds', () => {
  const { correlation } = subjectOf(JSON.stringify({ ...transition, AlarmName: 'a'.repeat(9000) }));
  expect(correlation).toHaveLength(300);
});
