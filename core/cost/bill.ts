import type { MonitoringDocument } from '../config/document.ts';
import { type CostSettings, defaultCostSettings } from './cost-settings.ts';
import { alarmItems, metricItems } from './observed-items.ts';
import { functionItems, keyItems, messageItems, scheduleItems, secretItems, tableItems } from './pipeline-items.ts';
import { type PriceName, priceNames, priceOf, prices } from './prices.ts';
import { type Traffic, trafficOf } from './traffic.ts';

/** What kinds of things a bill has, in the order in which people read it. */
export const itemKinds = [
  'alarm',
  'metric',
  'dashboard',
  'function',
  'queue',
  'topic',
  'table',
  'schedule',
  'secret',
  'key',
] as const;
export type ItemKind = (typeof itemKinds)[number];

/** Something that is paid for, before prices. */
export interface Item {
  kind: ItemKind;
  /** `classifier/service-down`, `alert-router`. */
  name: string;
  /** How many of each priced thing a month. */
  uses: Partial<Record<PriceName, number>>;
  /** Resources of a template that this stands for. @default none */
  deployed?: { type: string; count: number };
}

/** Something that is paid for, and what for. */
export interface BilledItem extends Item {
  usd: number;
}

/** What a deployment costs in a month of 730 hours, in USD. */
export interface Bill {
  items: readonly BilledItem[];
  usd: number;
  /** The same in an account whose free tier nothing else uses. */
  usdAfterFreeTier: number;
}

/** What items are made from. */
export interface Billed {
  document: MonitoringDocument;
  traffic: Traffic;
  assume: CostSettings['assume'];
}

/** The bill of a document, from the same lists that its stacks are built from. */
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
  ];
  const items = makers
    .flatMap((make) => make(billed))
    .map((item) => ({ ...item, usd: sum(entries(item.uses).map(([name, count]) => count * priceOf(name, own))) }));
  return { items, usd: sum(items.map(({ usd }) => usd)), usdAfterFreeTier: afterFreeTier(items, own) };
}

/** A free tier is of the account, not of an item: what all items use of a thing is reduced together. */
function afterFreeTier(items: readonly Item[], own: Partial<Record<PriceName, number>>): number {
  return sum(
    priceNames.map((name) => {
      const price = prices[name];
      const used = sum(items.map(({ uses }) => uses[name] ?? 0));
      return Math.max(0, used - ('free' in price ? price.free : 0)) * priceOf(name, own);
    }),
  );
}

const entries = (uses: Item['uses']) => Object.entries(uses) as [PriceName, number][];
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
