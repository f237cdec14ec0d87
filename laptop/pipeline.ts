import * as z from 'zod';
import { AlarmEvaluator } from '../core/alarms/alarm-evaluator.ts';
import { recovers } from '../core/alarms/recovers.ts';
import { kindsOf } from '../core/channels/kind-of.ts';
import { invocationSeconds } from '../core/checks/budget.ts';
import { StartSlots } from '../core/checks/observe-all.ts';
import { runCheck } from '../core/checks/run-check.ts';
import { schedulesOf } from '../core/checks/schedules.ts';
import { deliver } from '../core/delivery/deliver.ts';
import type { Run } from '../core/history/run.ts';
import type { NotificationPublisher } from '../core/incidents/ports.ts';
import { route } from '../core/incidents/route.ts';
import { sweep } from '../core/incidents/sweep.ts';
import type { Consumer } from '../core/queues/message.ts';
import { notification as notificationSchema } from '../events/notification.ts';
import { ingest } from '../functions/run-ingest/ingest.ts';
import { consumption } from './consume.ts';
import { alarmsHere } from './evaluated-alarms.ts';
import { nextTick, type ScheduledTask } from './scheduled-task.ts';
import type { ObserverModule, Spectator, World } from './world.ts';

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
  const watched = observed(world, spectator);
  const evaluator = new AlarmEvaluator({
    alarms: alarmsHere(watched.document),
    series: watched.metrics,
    store: watched.alarms,
    signals: watched.queue(signalsQueue),
    onTransition: (alarm, from, to, range) => {
      spectator.transition(alarm, from, to, to !== 'OK' || recovers(alarm, range));
      if ('operators' in alarm.audience && from !== to && (to === 'ALARM' || from === 'ALARM'))
        spectator.operators(`${to}: ${alarm.name}`);
    },
  });
  const publisher = fanOut(watched, spectator);
  const incidents = { ...watched, publisher, alarmStates: evaluator };
  const sweepOnce = sweep(incidents);

  return [
    ...(await checkTasks(watched)),
    { name: 'alarms', next: (after) => nextTick(after, evaluator.everySeconds), run: (at) => evaluator.run(at) },
    queueTask(
      watched,
      spectator,
      runsQueue,
      ingest({ ...watched, ledger: watched.history, signals: watched.queue(signalsQueue) }),
    ),
    queueTask(watched, spectator, signalsQueue, route(incidents)),
    { name: 'sweep', next: (after) => nextTick(after, 60), run: () => sweepOnce() },
    ...(await notifierTasks(watched, spectator)),
  ];
}

/** One task for each schedule. Checks are found by their names, as on AWS. */
async function checkTasks(world: World): Promise<ScheduledTask[]> {
  const instruments = { ...world.instruments, ledger: world.history, runs: world.history };
  const startSlots = new StartSlots();
  return Promise.all(
    schedulesOf(world.document).map(async ({ id, check, everySeconds, shard }) => {
      const { observer } = (await import(`../functions/${check}-check/observe.ts`)) as ObserverModule;
      const run = runCheck({ ...world, observe: observer(instruments), startSlots });
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
  return Promise.all(
    kindsOf(world.document.channels).map(async (kind) => {
      const sender = await kind.sender();
      const send = sender({ ...world.carriersOf(kind), clock: world.clock });
      const notifier = deliver({ ...world, channelKind: kind.name, send, leaseSeconds });
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

/** Wraps the world so that the spectator observes each recorded run and receipt. */
function observed(world: World, spectator: Spectator): World {
  const onRun = (run: Run) => spectator.run(run);
  return {
    ...world,
    history: after(after(world.history, 'record', onRun), 'recordPending', onRun),
    deliveries: after(world.deliveries, 'settle', (receipt) => spectator.receipt(receipt)),
  };
}

/** Wraps a port so that a function is called after one of its methods has succeeded. */
function after<Port extends object, Name extends keyof Port>(
  port: Port,
  name: Name,
  onSuccess: (argument: Port[Name] extends (argument: infer A, ...rest: never[]) => unknown ? A : never) => void,
): Port {
  return new Proxy(port, {
    get(target, property) {
      const value: unknown = Reflect.get(target, property, target);
      if (typeof value !== 'function') return value;
      if (property !== name) return value.bind(target);
      return async (...args: unknown[]) => {
        const result: unknown = await value.apply(target, args);
        onSuccess(args[0] as never);
        return result;
      };
    },
  });
}
