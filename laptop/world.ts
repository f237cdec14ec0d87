import type { Alarm } from '../core/alarms/alarm.ts';
import type { AlarmStore } from '../core/alarms/alarm-store.ts';
import type { ChannelKind } from '../core/channels/channel-kind.ts';
import type { Instruments } from '../core/checks/observe.ts';
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

/** The ports of a pipeline without AWS. The laptop and the simulator provide different implementations. */
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
  /** The queue with a name. Repeated calls return the same queue. */
  queue(name: string): Queue;
  instruments: Omit<Instruments, 'ledger' | 'runs'>;
  /** The carriers of the notifier of a channel type. */
  carriersOf(kind: ChannelKind): Carriers;
  /** Identifies this process as a lease owner: unique, also after a restart. */
  owner: string;
  /** Whether one process owns the store: leases of other owners are then from processes that have ended. */
  ownsStore: boolean;
}

/** Observes the pipeline while it runs. */
export interface Spectator {
  run(run: Run): void;
  /** @param convincing false for an alarm that is OK although the newest value breaches the threshold */
  transition(alarm: Alarm, from: AlarmState, to: AlarmState, convincing: boolean): void;
  notification(notification: Notification): void;
  receipt(receipt: Receipt): void;
  /** The consumer of a queue retries a message, or made it a dead letter. */
  setback(queue: string, message: Message, verdict: Exclude<Verdict, { verdict: 'done' }>): void;
  /** The pipeline itself failed or recovered; the operators are notified. */
  operators(subject: string): void;
  /** A task failed. It runs again at its next tick. */
  failed(task: string, error: unknown): void;
}
