import * as z from 'zod';
import { AlarmEvaluator } from '../core/alarms/alarm-evaluator.ts';
import { recovers } from '../core/alarms/recovers.ts';
import { kindsOf } from '../core/channels/kind-of.ts';
import { invocationSeconds } from '../core/checks/budget.ts';
import { StartSlots } from '../core/checks/observe-all.ts';
import { runCheck } from '../core/checks/run-check.ts';
import { schedulesOf } from '../core/checks/schedules.ts';
import { deliver } from '../core/delivery/deliver.ts';
import type { NotificationPublisher } from '../core/incidents/ports.ts';
import { route } from '../core/incidents/route.ts';
import { sweep } from '../core/incidents/sweep.ts';
import type { Consumer } from '../core/queues/message.ts';
import { notification as notificationSchema } from '../events/notification.ts';
import { ingest } from '../functions/run-ingest/ingest.ts';
import { consumption } from './consume.ts';
import { alarmsHere } from './evaluated-alarms.ts';
import { observedDeliveries, observedHistory, observedLedger } from './observed-ports.ts';
import { loadObserver } from './observers.ts';
import { nextTick, type ScheduledTask } from './scheduled-task.ts';
import type { Spectator, World } from './world.ts';

/** Names of the queues. Those of channels are {@link channelQueue}. */
export const signalsQueue = 'signals';
export const runsQueue = 'runs';
export const channelQueue = (kind: string): string => `channel-${kind}`;

/** The lease of a delivery, in seconds: longer than the timeouts of senders, shorter than the visibility timeout. */
const leaseSeconds = 120;

/**
 * The four stages as tasks, in the order of the data: checks, alarms, router and sweep, notifiers. The code is the same as in
 * Lambda; only schedules, queues and the evaluation of alarms are local.
 */
export async function pipeline(world: World, spectator: Spectator): Promise<ScheduledTask[]> {
  const evaluator = new AlarmEvaluator({
    alarms: alarmsHere(world.document),
    series: world.metrics,
    store: world.alarms,
    signals: world.queue(signalsQueue),
    onTransition: (alarm, from, to, range) => {
      spectator.transition(alarm, from, to, to !== 'OK' || recovers(alarm, range));
      if ('operators' in alarm.audience && from !== to && (to === 'ALARM' || from === 'ALARM'))
        spectator.operators(`${to}: ${alarm.name}`);
    },
  });
  const publisher = fanOut(world, spectator);
  const incidents = { ...world, publisher, alarmStates: evaluator };
  const sweepOnce = sweep(incidents);

  return [
    ...(await checkTasks(world, spectator)),
    { name: 'alarms', next: (after) => nextTick(after, evaluator.everySeconds), run: (at) => evaluator.run(at) },
    queueTask(
      world,
      spectator,
      runsQueue,
      ingest({
        ...world,
        ledger: observedLedger(world.history, (run) => spectator.run(run)),
        signals: world.queue(signalsQueue),
      }),
    ),
    queueTask(world, spectator, signalsQueue, route(incidents)),
    { name: 'sweep', next: (after) => nextTick(after, 60), run: () => sweepOnce() },
    ...(await notifierTasks(world, spectator)),
  ];
}

/** One task for each schedule. */
async function checkTasks(world: World, spectator: Spectator): Promise<ScheduledTask[]> {
  const instruments = { ...world.instruments, ledger: world.history, runs: world.history };
  const history = observedHistory(world.history, (run) => spectator.run(run));
  const startSlots = new StartSlots();
  return Promise.all(
    schedulesOf(world.document).map(async ({ id, check, everySeconds, shard }) => {
      const observe = await loadObserver(check, instruments);
      const run = runCheck({ ...world, history, observe, startSlots });
      return {
        name: id,
        overlaps: true,
        next: (after: number) => nextTick(after, everySeconds),
        run: (at: number) =>
          run({ check, everySeconds, shard, scheduledAt: at }, world.clock.now() + invocationSeconds * 1000),
      };
    }),
  );
}

/** One consumer for each kind of channel that the document has. */
async function notifierTasks(world: World, spectator: Spectator): Promise<ScheduledTask[]> {
  const deliveries = observedDeliveries(world.deliveries, (receipt) => spectator.receipt(receipt));
  return Promise.all(
    kindsOf(world.document.channels).map(async (kind) => {
      const sender = await kind.sender();
      const send = sender({ ...world.carriersOf(kind), clock: world.clock });
      const notifier = deliver({ ...world, deliveries, channelKind: kind.name, send, leaseSeconds });
      // A channel that hangs must not block messages of other channels.
      return { ...queueTask(world, spectator, channelQueue(kind.name), notifier), overlaps: true };
    }),
  );
}

function queueTask(world: World, spectator: Spectator, name: string, consumer: Consumer): ScheduledTask {
  const queue = world.queue(name);
  const run = consumption(queue, consumer, world.clock, (_, message, verdict) => {
    if (verdict.verdict === 'done') return;
    if (verdict.verdict !== 'retry' || !verdict.untried) spectator.setback(name, message, verdict);
    if (verdict.verdict === 'dead-letter') spectator.operators(`Dead letter in queue ${name}: ${verdict.reason}`);
  });
  return { name, next: (after) => queue.nextVisible(after), run };
}

/** Stands in for the `notifications` topic: sends each notification to the queue of its channel type. */
const fanOut = (world: World, spectator: Spectator): NotificationPublisher => ({
  async publish(notification) {
    spectator.notification(notification);
    await world
      .queue(channelQueue(notification.channelKind))
      .send(JSON.stringify(z.encode(notificationSchema, notification)));
  },
});
