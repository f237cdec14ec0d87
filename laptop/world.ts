import type { Alarm } from '../core/alarms/alarm.ts';
import type { AlarmStore } from '../core/alarms/alarm-store.ts';
import type { ChannelKind } from '../core/channels/channel-kind.ts';
import type { Instruments, Observe } from '../core/checks/observe.ts';
import type { MonitoringDocument } from '../core/definition/document.ts';
import type { ChannelPauses } from '../core/delivery/channel-pauses.ts';
import type { Deliveries } from '../core/delivery/deliveries.ts';
import type { Carriers } from '../core/delivery/send.ts';
import type { BatchLedger, ExecutionHistory } from '../core/history/execution-history.ts';
import type { Run } from '../core/history/run.ts';
import type { Groups, IncidentArchive } from '../core/incidents/ports.ts';
import type { MetricSink } from '../core/metrics/metric.ts';
import type { MetricSeries } from '../core/metrics/metric-series.ts';
import type { Message, Verdict } from '../core/queues/message.ts';
import type { Queue } from '../core/queues/queue.ts';
import type { Clock } from '../core/time/clock.ts';
import type { AlarmState } from '../events/alarm-transition.ts';
import type { Notification } from '../events/notification.ts';
import type { Receipt } from '../events/receipt.ts';

/** Everything that a pipeline without AWS stands on. The laptop and the simulator fill it in differently. */
export interface World {
  document: MonitoringDocument;
  clock: Clock;
  history: ExecutionHistory & BatchLedger;
  groups: Groups;
  archive: IncidentArchive;
  deliveries: Deliveries;
  pauses: ChannelPauses;
  metrics: MetricSink & MetricSeries;
  alarms: AlarmStore;
  /** The queue of a name; asking again gives the same queue. */
  queue(name: string): Queue;
  instruments: Omit<Instruments, 'ledger' | 'runs'>;
  /** What the notifier of a kind of channel delivers with. */
  carriersOf(kind: ChannelKind): Carriers;
  /** Names this process among those that may hold a lease: unique, also after a restart. */
  owner: string;
  /** One process owns the store: leases of others are of processes that have ended. */
  ownsStore: boolean;
}

/** What a person may want to see of the pipeline while it works. */
export interface Spectator {
  run(run: Run): void;
  /** @param convincing false for an alarm that is OK though the newest value breaches */
  transition(alarm: Alarm, from: AlarmState, to: AlarmState, convincing: boolean): void;
  notification(notification: Notification): void;
  receipt(receipt: Receipt): void;
  /** A queue's consumer wants a message again, or parked it. */
  setback(queue: string, message: Message, verdict: Exclude<Verdict, { verdict: 'done' }>): void;
  /** The pipeline itself failed or recovered: what the operators are told. */
  operators(subject: string): void;
  /** A piece of work threw. It runs again at its next turn. */
  failed(work: string, error: unknown): void;
}

/** What the folder of a check exports. */
export interface ObserverModule {
  observer(instruments: Instruments): Observe;
}
