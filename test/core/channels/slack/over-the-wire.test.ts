import { afterEach, beforeEach, expect, it } from 'vitest';
import { EnvironmentSecrets } from '../../../../adapters/environment-secrets.ts';
import { FetchHttpPoster } from '../../../../adapters/fetch-http-poster.ts';
import { MemoryChannelPauses } from '../../../../adapters/memory-channel-pauses.ts';
import { MemoryDeliveries } from '../../../../adapters/memory-deliveries.ts';
import { VirtualClock } from '../../../../adapters/virtual-clock.ts';
import { sender } from '../../../../core/channels/slack/send.ts';
import { slackChannel } from '../../../../core/channels/slack/slack.ts';
import { deliver } from '../../../../core/delivery/deliver.ts';
import { StandInReceiver } from '../../../../laptop/demo/stand-in-receiver.ts';
import { aNotification, wireOf } from '../../../support/a-notification.ts';

const start = Date.parse('2026-11-21T02:13:05Z');
let slack: StandInReceiver;
beforeEach(async () => {
  slack = await StandInReceiver.start(slackChannel);
});
afterEach(() => slack.stop());

/** The whole notifier, real but for time, on a webhook that is this secret. */
function notifier(clock: VirtualClock) {
  const timeline: string[] = [];
  const consume = deliver({
    document: { channels: { 'ml-alerts': { channel: 'slack', webhook: { secret: 'tocsin/hook' } } } },
    channelKind: 'slack',
    deliveries: new MemoryDeliveries(),
    pauses: new MemoryChannelPauses(),
    archive: { addToTimeline: async ({ detail }) => void timeline.push(detail) },
    send: sender({
      secrets: new EnvironmentSecrets({ environment: { TOCSIN_HOOK: slack.url } }),
      http: new FetchHttpPoster(),
      clock,
    }),
    clock,
    owner: 'laptop',
    leaseSeconds: 120,
  });
  return { consume, timeline };
}

it('a Slack that is busy, then broken, then recovered gets the message once', async () => {
  const clock = new VirtualClock(start);
  const { consume, timeline } = notifier(clock);
  const attempt = (receives: number) => consume({ id: 'm-1', body: wireOf(aNotification()), receives });

  slack.behave({ answer: 'status', status: 429, retryAfterSeconds: 200 });
  expect(await attempt(1)).toEqual({
    verdict: 'retry',
    afterSeconds: 200,
    reason: 'Slack responded with 429 rate_limited',
  });

  await clock.advance(200_000);
  slack.behave({ answer: 'status', status: 500, body: 'oops' });
  expect(await attempt(2)).toEqual({ verdict: 'retry', afterSeconds: 30, reason: 'Slack responded with 500 oops' });

  await clock.advance(120_000);
  slack.behave({ answer: 'ok' });
  expect(await attempt(3)).toEqual({ verdict: 'done' });
  expect(await attempt(4)).toEqual({ verdict: 'done' });

  expect(slack.received.map(({ message }) => message.text)).toEqual([
    '🔴 [CRITICAL] classifier - Service down: classifier has not answered its health check for 3 minutes.',
  ]);
  // The repeated message writes the same line again, in case its writer had died.
  expect([...new Set(timeline)]).toEqual(['notification 1 reached ml-alerts at attempt 3: ok']);
});

it('a webhook that was removed sends the message to the dead-letter queue with the fix', async () => {
  const clock = new VirtualClock(start);
  const { consume } = notifier(clock);
  slack.behave({ answer: 'status', status: 404, body: 'no_service' });
  // The second look at the secret waits for its turn, so time has to pass while the network is asked.
  const verdict = consume({ id: 'm-1', body: wireOf(aNotification()), receives: 1 });
  while (clock.nextWakeAt === undefined) await new Promise((resolve) => setImmediate(resolve));
  await clock.advance(1000);
  expect(await verdict).toEqual({
    verdict: 'dead-letter',
    reason:
      'Slack responded with 404 no_service: the webhook was removed or its app is disabled; create a new webhook and store it as the secret',
    errorClass: 'permanent',
  });
  expect(slack.posts).toBe(2);
});
