import type { CostSettings } from '../../core/definition/cost-settings.ts';
import type { MonitoringDocument } from '../../core/definition/document.ts';
import type { PriceName } from '../../core/definition/prices.ts';
import type { Traffic } from './traffic.ts';

/** The kinds of items of a bill, in the order in which they are printed. */
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
  'network',
] as const;
export type ItemKind = (typeof itemKinds)[number];

/** An item of a bill, without its price. */
export interface Item {
  kind: ItemKind;
  /** `classifier/service-down`, `alert-router`. */
  name: string;
  /** The quantity of each priced unit per month. */
  uses: Partial<Record<PriceName, number>>;
  /** The template resources that this item represents. @default none */
  deployed?: { type: string; count: number };
}

/** The input from which items are made. */
export interface Billed {
  document: MonitoringDocument;
  traffic: Traffic;
  assume: CostSettings['assume'];
}
