import { randomUUID } from 'node:crypto';
import type { MonitoringDocument } from '../../core/definition/document.ts';
import notification from '../../events/notification.sample.json' with { type: 'json' };
import type { FunctionName } from '../../functions/functions.ts';

/** A message as Lambda hands it over from a queue. */
const fromQueue = (body: unknown) => ({
  Records: [
    {
      messageId: randomUUID(),
      receiptHandle: 'none',
      body: typeof body === 'string' ? body : JSON.stringify(body),
      attributes: { ApproximateReceiveCount: '1' },
      messageAttributes: {},
      eventSource: 'aws:sqs',
    },
  ],
});

/** What nobody can read: it goes to the dead-letter queue. */
const unreadable = () => fromQueue('no message of ours');

const tick = (check: string) => ({
  check,
  everySeconds: 60,
  shard: 0,
  scheduledAt: new Date(Math.floor(Date.now() / 1000) * 1000).toISOString(),
});

/**
 * The shortest work of each function, by the name of its folder: events that no function has seen before, which touch
 * all that it may touch where that is possible in one go.
 */
export function functionEvents({ name, stage }: MonitoringDocument): Record<FunctionName, () => unknown[]> {
  let firing = false;
  let sequence = 1000;
  const alarm = `${name}/${stage}/service/classifier/service-down`;
  const transition = () => {
    firing = !firing;
    return fromQueue({
      AlarmName: alarm,
      NewStateValue: firing ? 'ALARM' : 'OK',
      OldStateValue: firing ? 'OK' : 'ALARM',
      NewStateReason: 'Tried by hand.',
      StateChangeTime: new Date().toISOString(),
    });
  };
  const message = (channelKind: string, channel: string) => {
    sequence += 1;
    const id = `inc-tried/${sequence}`;
    const deployment = { ...notification.deployment, name, stage };
    const now = new Date().toISOString();
    return fromQueue({
      ...notification,
      id,
      group: `tried-${randomUUID()}`,
      sequence,
      channelKind,
      channel,
      deployment,
      at: now,
    });
  };
  const run = () => {
    const now = new Date().toISOString();
    const detail = { job: 'nightly', runId: randomUUID(), startedAt: now, finishedAt: now, outcome: 'succeeded' };
    return fromQueue({ id: randomUUID(), source: 'tocsin.batch', 'detail-type': 'Batch Run Finished', detail });
  };
  return {
    'health-check': () => [tick('health')],
    'batch-check': () => [tick('batch')],
    'disk-check': () => [tick('disk')],
    // The comparison with the alarms too, which the schedule asks for every five minutes.
    sweep: () => [{ compare: true }],
    'alert-router': () => [transition(), unreadable()],
    'run-ingest': () => [run(), unreadable()],
    'slack-notifier': () => [message('slack', 'ml-alerts'), unreadable()],
    'email-notifier': () => [message('email', 'ml-team'), unreadable()],
  };
}
