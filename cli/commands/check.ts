import { SystemClock } from '../../adapters/system-clock.ts';
import { checkedUrl } from '../../core/checks/health-url.ts';
import type { Instruments, Observation, Observe } from '../../core/checks/observe.ts';
import { observeAll } from '../../core/checks/observe-all.ts';
import { useOneOf } from '../../core/definition/did-you-mean.ts';
import type { MonitoringDocument, Target } from '../../core/definition/document.ts';
import type { CheckSettings } from '../../core/definition/target-schemas.ts';
import { terminalLine } from '../../core/terminal-text.ts';
import { UserError } from '../../core/user-error.ts';
import type { ObserverModule } from '../../laptop/world.ts';
import { breachedRules, sayMeasurements } from '../../tools/explain/breached-rules.ts';
import { LongTable as Table } from '../long-table.ts';
import { type Place, reachHistory } from '../open-store.ts';
import type { Terminal } from '../terminal.ts';
import { bare } from './history.ts';

/** What a look at a target showed, and what a person should think of it. */
export interface Finding {
  check: string;
  target: string;
  /** The address that was asked, of a check that asks one. */
  asks?: string;
  healthy: boolean;
  /** Why not: the failure of the look itself, or the rules that the values breach. */
  because: string[];
  measurements: Observation['measurements'];
}

/** `tocsin check <kind> [target]`: looks now, records nothing, and exits with 1 when something is not as it should be. */
export async function check(
  kind: string,
  name: string | undefined,
  options: Place & { json?: boolean },
  terminal: Terminal,
): Promise<boolean> {
  const place = await reachHistory(options);
  try {
    const findings = await findingsOf(await place.document(), place.instruments, {
      check: kind,
      ...(name === undefined ? {} : { target: name }),
    });
    if (findings.length === 0)
      throw new UserError(
        name === undefined
          ? `Nothing has a ${kind} check.`
          : `No target called ${name} has a ${kind} check; ${useOneOf(name, targetsWith(await place.document(), kind))}.`,
      );
    terminal.print(
      options.json ? JSON.stringify(findings, undefined, 2) : findingsTable(await place.document(), findings),
    );
    return findings.every(({ healthy }) => healthy);
  } finally {
    await place.close();
  }
}

const targetsWith = ({ targets }: MonitoringDocument, kind: string): string[] =>
  targets.filter(({ checks }) => checks.some(({ check }) => check === kind)).map(({ name }) => name);

/** Looks at every target of a document, or at those that are asked for, and judges by their rules. */
export async function findingsOf(
  document: MonitoringDocument,
  instruments: Instruments,
  only: { check?: string; target?: string } = {},
): Promise<Finding[]> {
  const wanted = document.targets.flatMap((target) =>
    target.checks
      .filter(
        (settings) =>
          (only.check === undefined || settings.check === only.check) &&
          (only.target === undefined || target.name === only.target),
      )
      .map((settings) => ({ target, settings })),
  );
  const observers = new Map<string, Observe>();
  for (const name of new Set(wanted.map(({ settings }) => settings.check))) {
    const { observer } = (await import(`../../functions/${name}-check/observe.ts`)) as ObserverModule;
    observers.set(name, observer(instruments));
  }
  const findings = new Map<Wanted, Finding>();
  await observeAll(wanted, new SystemClock(), async (one) => {
    const observed = async () => observers.get(one.settings.check)!(one.target, one.settings, Date.now());
    findings.set(one, judge(one, await observed().catch(couldNotLook)));
  });
  return wanted.map((one) => findings.get(one)!);
}

interface Wanted {
  target: Target;
  settings: CheckSettings;
}

/** What is our own fault says nothing of the other targets. */
const couldNotLook = (error: unknown): Observation => ({
  outcome: 'incomplete',
  error: { class: 'our-fault', message: error instanceof Error ? error.message : String(error) },
  measurements: {},
  details: {},
});

function judge({ target, settings }: Wanted, { outcome, error, measurements }: Observation): Finding {
  const breached = breachedRules(target, measurements).map((rule) => `${rule.id} [${rule.tier}]`);
  const because = [
    ...(outcome === 'ok' ? [] : [`${outcome === 'failed' ? '' : `${outcome}, `}${error?.class}: ${error?.message}`]),
    ...breached,
  ];
  const asks = checkedUrl(target, settings);
  return {
    check: settings.check,
    target: target.name,
    ...(asks !== undefined && { asks }),
    healthy: because.length === 0,
    because,
    measurements,
  };
}

/** How much of a reason stands in a table. */
const longestReason = 300;

/** Findings as a table, the sick ones first; with the addresses that were asked, where there are any. */
export function findingsTable(document: MonitoringDocument, findings: readonly Finding[]): string {
  const anyAddress = findings.some(({ asks }) => asks !== undefined);
  const rows = new Table({
    head: ['', 'check', 'target', ...(anyAddress ? ['asks'] : []), 'measured', 'because'],
    style: { head: [], border: [] },
    chars: bare,
  });
  for (const finding of [...findings].sort((a, b) => Number(a.healthy) - Number(b.healthy))) {
    rows.push([
      finding.healthy ? '✓' : '✗',
      finding.check,
      terminalLine(finding.target),
      ...(anyAddress ? [terminalLine(finding.asks ?? '')] : []),
      sayMeasurements(document, finding.measurements),
      finding.because.map((reason) => terminalLine(reason, longestReason)).join('; '),
    ]);
  }
  return rows.toString();
}
