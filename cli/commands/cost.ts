import { parseDefinition } from '../../catalog/parse-definition.ts';
import { defaultCostSettings } from '../../core/definition/cost-settings.ts';
import type { MonitoringDocument } from '../../core/definition/document.ts';
import { type PriceName, priceOf, prices, pricesAsOf } from '../../core/definition/prices.ts';
import { type Bill, type BilledItem, billOf } from '../../tools/cost/bill.ts';
import { overBudget, sayUsd } from '../../tools/cost/budget.ts';
import { itemKinds } from '../../tools/cost/item.ts';
import { marginalRules, marginalTargets } from '../../tools/cost/marginal.ts';
import { loadConfig } from '../load-config.ts';
import { LongTable as Table } from '../long-table.ts';
import type { Terminal } from '../terminal.ts';
import { bare } from './history.ts';

interface CostOptions {
  config: string;
  stage?: string;
  json?: boolean;
}

/** `tocsin cost`: prints the monthly cost of a deployment. @returns whether it is within the budget */
export async function costCommand(options: CostOptions, terminal: Terminal): Promise<boolean> {
  // The cost does not depend on whether AWS can reach the URLs.
  const document = parseDefinition(await loadConfig(options.config), { stage: options.stage, world: 'emulator' });
  const bill = billOf(document);
  const [rules, targets] = [marginalRules(document), marginalTargets(document)];
  const over = overBudget(document);
  if (options.json) {
    const { cost = defaultCostSettings } = document;
    const { name, stage } = document;
    terminal.print(
      JSON.stringify(
        {
          deployment: { name, stage },
          pricesAsOf,
          prices: pricesUsed(document),
          assumed: cost.assume,
          ...bill,
          rules,
          targets,
          ...(over && { over }),
        },
        undefined,
        2,
      ),
    );
  } else {
    terminal.print(
      `${document.name}/${document.stage}: cost of a month (730 hours) in ${pricesAsOf.currency}; prices of ${pricesAsOf.region} on ${pricesAsOf.date}\n`,
    );
    terminal.print(billTable(bill, document.cost?.prices ?? {}));
    printSummary(document, bill, { rules, targets }, terminal);
  }
  if (over) terminal.warn(`\n✗ ${document.name}/${document.stage} ${over}`);
  return over === undefined;
}

const pricesUsed = ({ cost = defaultCostSettings }: MonitoringDocument) =>
  Object.fromEntries(
    Object.entries(prices).map(([name, price]) => [
      name,
      { ...price, usd: cost.prices[name as PriceName] ?? price.usd },
    ]),
  );

const plural = {
  alarm: 'alarms',
  metric: 'metrics',
  dashboard: 'dashboards',
  function: 'functions',
  queue: 'queues',
  topic: 'messages',
  table: 'tables',
  schedule: 'schedules',
  secret: 'secrets',
  key: 'keys',
  network: 'network',
} as const;

/** Formats the items by kind with the sum of each kind, then the total. */
function billTable({ items, usd, usdAfterFreeTier }: Bill, own: Partial<Record<PriceName, number>>): string {
  const table = new Table({
    head: ['', 'item', 'charged usage', 'USD'],
    style: { head: [], border: [] },
    chars: bare,
    colAligns: ['left', 'left', 'left', 'right'],
  });
  for (const kind of itemKinds) {
    const ofKind = items.filter((item) => item.kind === kind);
    if (ofKind.length === 0) continue;
    table.push([plural[kind], '', '', cents(ofKind.reduce((sum, item) => sum + item.usd, 0))]);
    for (const item of ofKind) table.push(['', item.name, sayUses(item, own), cents(item.usd)]);
  }
  table.push(['total', '', 'at list prices', cents(usd)]);
  table.push(['', '', 'after the free tier, if nothing else in the account uses it', cents(usdAfterFreeTier)]);
  return table.toString();
}

/** `43,800 × request, 3,285 × GB-s on arm64`: the two most expensive usages; `--json` has all. */
const sayUses = ({ uses, deployed }: BilledItem, own: Partial<Record<PriceName, number>>): string => {
  const parts = Object.entries(uses) as [PriceName, number][];
  const described = parts
    .sort(([a, times], [b, others]) => others * priceOf(b, own) - times * priceOf(a, own))
    .slice(0, 2)
    .map(([name, count]) => `${round(count)} × ${prices[name].unit}`);
  return described.join(', ') || (deployed ? `${deployed.count}, no charge until used` : '');
};

const round = (count: number) =>
  count > 0 && count < 0.001
    ? '< 0.001'
    : (count >= 10 ? Math.round(count) : Number(count.toPrecision(2))).toLocaleString('en-US');
const cents = (usd: number) => (usd > 0 && usd < 0.005 ? '< 0.01' : usd.toFixed(2));

function printSummary(
  document: MonitoringDocument,
  { usd }: Bill,
  { rules, targets }: { rules: ReturnType<typeof marginalRules>; targets: ReturnType<typeof marginalTargets> },
  terminal: Terminal,
): void {
  const { prices: own, assume, budgetPerMonth } = document.cost ?? defaultCostSettings;
  const [rule, target] = [rules[0], targets[0]];
  const [alarm, metric] = [priceOf('alarm', own), priceOf('metric', own)];
  terminal.print('');
  if (target)
    terminal.print(`Most expensive target: ${target.name}, ${sayUsd(target.usd)} a month with its checks and rules.`);
  if (rule) terminal.print(`Most expensive rule: ${rule.name}, ${sayUsd(rule.usd)} a month.`);
  terminal.print(
    `Each additional rule costs ${sayUsd(alarm)} on an existing metric, or ${sayUsd(alarm + metric)} on a new metric.`,
  );
  if (budgetPerMonth !== undefined)
    terminal.print(
      `Budget: ${sayUsd(budgetPerMonth)}; the total is ${Math.round((usd / budgetPerMonth) * 100)} % of it.`,
    );
  terminal.print(
    `Assumptions (set them with cost.assume): ${assume.incidentsPerMonth} incidents a month, ${assume.runsPerBatchJob} runs per batch job, ${assume.secondsPerInvocation} s and ${assume.logKilobytesPerInvocation} KB of logs per invocation.`,
  );
}
