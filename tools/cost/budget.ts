import type { MonitoringDocument } from '../../core/definition/document.ts';
import { billOf } from './bill.ts';

/** So many of the dearest items are named. */
const named = 5;

/** What is to be said of a deployment that costs more than its budget; undefined when it does not, or has none. */
export function overBudget(document: MonitoringDocument): string | undefined {
  const budget = document.cost?.budgetPerMonth;
  if (budget === undefined) return undefined;
  const { usd, items } = billOf(document);
  if (usd <= budget) return undefined;
  const dearest = [...items].sort((a, b) => b.usd - a.usd).slice(0, named);
  const list = dearest.map(({ kind, name, usd: each }) => `${kind} ${name} ${sayUsd(each)}`).join(', ');
  return `costs ${sayUsd(usd)} a month, and cost.budgetPerMonth is ${sayUsd(budget)}. Most of it: ${list}. See all with npx tocsin cost; check or alarm less, or raise the budget.`;
}

/** `12.57 USD`: two decimals, more where a sum is smaller than a cent. */
export const sayUsd = (usd: number): string =>
  `${usd > 0 && usd < 0.01 ? usd.toPrecision(1) : usd.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })} USD`;
