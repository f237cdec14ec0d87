import type { MonitoringDocument } from '../../core/definition/document.ts';
import { billOf } from './bill.ts';

/** The number of most expensive items that the message lists. */
const listed = 5;

/** The message for a deployment that costs more than its budget; undefined if it does not, or has no budget. */
export function overBudget(document: MonitoringDocument): string | undefined {
  const budget = document.cost?.budgetPerMonth;
  if (budget === undefined) return undefined;
  const { usd, items } = billOf(document);
  if (usd <= budget) return undefined;
  const mostExpensive = [...items].sort((a, b) => b.usd - a.usd).slice(0, listed);
  const list = mostExpensive.map(({ kind, name, usd: each }) => `${kind} ${name} ${sayUsd(each)}`).join(', ');
  return `costs ${sayUsd(usd)} a month, and cost.budgetPerMonth is ${sayUsd(budget)}. Most expensive: ${list}. Run npx tocsin cost to see all items. Use fewer checks or alarms, or increase the budget.`;
}

/** Formats an amount: `12.57 USD`. It has two decimals, or more if the amount is less than a cent. */
export const sayUsd = (usd: number): string =>
  `${usd > 0 && usd < 0.01 ? usd.toPrecision(1) : usd.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })} USD`;
