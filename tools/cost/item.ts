import type { CostSettings } from '../../core/definition/cost-settings.ts';
import type { MonitoringDocument } from '../../core/definition/document.ts';
import type { PriceName } from '../../core/definition/prices.ts';
import type { Traffic } from './traffic.ts';

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

/** What items are made from. */
export interface Billed {
  document: MonitoringDocument;
  traffic: Traffic;
  assume: CostSettings['assume'];
}
