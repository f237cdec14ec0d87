import { defaultCostSettings } from '../../core/definition/cost-settings.ts';
import type { MonitoringDocument } from '../../core/definition/document.ts';
import { type PriceName, priceNames, priceOf, prices } from '../../core/definition/prices.ts';
import type { Billed, Item } from './item.ts';
import { networkItems } from './network-items.ts';
import { alarmItems, metricItems } from './observed-items.ts';
import { functionItems, keyItems, messageItems, scheduleItems, secretItems, tableItems } from './pipeline-items.ts';
import { trafficOf } from './traffic.ts';

/** An item of a bill, with its price. */
export interface BilledItem extends Item {
  usd: number;
}

/** The cost of a deployment in a month of 730 hours, in USD. */
export interface Bill {
  items: readonly BilledItem[];
  usd: number;
  /** The cost in an account in which nothing else uses the free tier. */
  usdAfterFreeTier: number;
}

/** Computes the bill of a document from the same lists from which its stacks are built. */
export function billOf(document: MonitoringDocument): Bill {
  const { prices: own, assume } = document.cost ?? defaultCostSettings;
  const billed: Billed = { document, traffic: trafficOf(document, assume), assume };
  const makers = [
    alarmItems,
    metricItems,
    functionItems,
    messageItems,
    tableItems,
    scheduleItems,
    secretItems,
    keyItems,
    networkItems,
  ];
  const items = makers
    .flatMap((make) => make(billed))
    .map((item) => ({ ...item, usd: sum(entries(item.uses).map(([name, count]) => count * priceOf(name, own))) }));
  return { items, usd: sum(items.map(({ usd }) => usd)), usdAfterFreeTier: afterFreeTier(items, own) };
}

/** The free tier belongs to the account, not to an item, so it is subtracted from the total use of each price. */
function afterFreeTier(items: readonly Item[], own: Partial<Record<PriceName, number>>): number {
  return sum(
    priceNames.map((name) => {
      const used = sum(items.map(({ uses }) => uses[name] ?? 0));
      return Math.max(0, used - (prices[name].free ?? 0)) * priceOf(name, own);
    }),
  );
}

const entries = (uses: Item['uses']) => Object.entries(uses) as [PriceName, number][];
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
