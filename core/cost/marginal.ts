import type { MonitoringDocument } from '../config/document.ts';
import { type Billed, billOf } from './bill.ts';

/** What one part adds to a bill: without it, the bill is so much smaller. */
export interface Marginal {
  name: string;
  usd: number;
}

/** What each target, with its checks and rules, adds; the dearest first. */
export const marginalTargets = (document: MonitoringDocument, contracts: Billed['contracts']): Marginal[] =>
  dearest(
    document.targets.map((target) => ({
      name: `${target.kind} ${target.name}`,
      without: { ...document, targets: document.targets.filter((other) => other !== target) },
    })),
    document,
    contracts,
  );

/** What each rule adds: its alarm, and its metric where it alone asks the application for it; the dearest first. */
export const marginalRules = (document: MonitoringDocument, contracts: Billed['contracts']): Marginal[] =>
  dearest(
    document.targets.flatMap((target) =>
      target.rules.map((rule) => ({
        name: `${target.name}/${rule.id}`,
        without: {
          ...document,
          targets: document.targets.map((other) =>
            other === target ? { ...target, rules: target.rules.filter((one) => one !== rule) } : other,
          ),
        },
      })),
    ),
    document,
    contracts,
  );

function dearest(
  parts: readonly { name: string; without: MonitoringDocument }[],
  document: MonitoringDocument,
  contracts: Billed['contracts'],
): Marginal[] {
  const { usd } = billOf(document, contracts);
  return parts
    .map(({ name, without }) => ({ name, usd: usd - billOf(without, contracts).usd }))
    .sort((a, b) => b.usd - a.usd);
}
