import type { Deliveries } from '../core/delivery/deliveries.ts';
import type { BatchLedger, ExecutionHistory } from '../core/history/execution-history.ts';
import type { Run } from '../core/history/run.ts';
import type { Receipt } from '../events/receipt.ts';

// Ports that report what they stored, once it is stored.

type SeeRun = (run: Run) => void;

/** Records runs of checks. */
export const observedHistory = (
  history: Pick<ExecutionHistory, 'record'>,
  see: SeeRun,
): Pick<ExecutionHistory, 'record'> => ({
  async record(run) {
    await history.record(run);
    see(run);
  },
});

/** Records runs of batch jobs. */
export const observedLedger = (ledger: BatchLedger, see: SeeRun): BatchLedger => ({
  async recordPending(run) {
    const isPending = await ledger.recordPending(run);
    see(run);
    return isPending;
  },
  settle: (run) => ledger.settle(run),
  jobState: (job, now) => ledger.jobState(job, now),
});

/** Records receipts. */
export const observedDeliveries = (deliveries: Deliveries, see: (receipt: Receipt) => void): Deliveries => ({
  lease: (delivery, claim) => deliveries.lease(delivery, claim),
  async settle(receipt) {
    await deliveries.settle(receipt);
    see(receipt);
  },
  release: (delivery, owner, attempt) => deliveries.release(delivery, owner, attempt),
});
