import type { Claim, Deliveries, Delivery, Lease, Unsettled } from '../core/delivery/deliveries.ts';
import { claimLane, type Lane, releaseLane, settleLane } from '../core/delivery/lane.ts';
import type { Receipt } from '../events/receipt.ts';

/** Delivery lanes in this process: for tests and the simulator. */
export class MemoryDeliveries implements Deliveries {
  readonly #lanes = new Map<string, Lane>();

  async lease(delivery: Delivery, claim: Claim): Promise<Lease> {
    const { answer, next } = claimLane(this.#lanes.get(nameOf(delivery)), delivery, claim);
    if (next) this.#lanes.set(nameOf(delivery), next);
    return answer;
  }

  async settle(receipt: Receipt): Promise<void> {
    const next = settleLane(this.#lanes.get(nameOf(receipt)), structuredClone(receipt));
    if (next) this.#lanes.set(nameOf(receipt), next);
  }

  async release(delivery: Delivery, owner: string, attempt?: Unsettled): Promise<void> {
    const next = releaseLane(this.#lanes.get(nameOf(delivery)), delivery, owner, attempt);
    if (next) this.#lanes.set(nameOf(delivery), next);
  }
}

const nameOf = (of: { group: string; channel: string }) => `${of.group}#${of.channel}`;
