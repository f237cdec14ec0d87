import { SystemClock } from '../../adapters/system-clock.ts';
import { checkedUrl } from '../../core/checks/health-url.ts';
import type { Instruments, Observation, Observe } from '../../core/checks/observe.ts';
import { observeAll } from '../../core/checks/observe-all.ts';
import { useOneOf } from '../../core/definition/did-you-mean.ts';
import type { MonitoringDocument, Target } from '../../core/definition/document.ts';
import type { CheckSettings } from '../../core/definition/target-schemas.ts';
import { terminalLine } from '../../core/terminal-text.ts';
import { UserError } from '../../core/user-error.ts';
import { loadObserver } from '../../laptop/observers.ts';
import { breachedRules, sayMeasurements } from '../../tools/explain/breached-rules.ts';
import { LongTable as Table } from '../long-table.ts';
import { openCheckSite } from '../open-check-site.ts';
import type { StoreLocation } from '../open-store.ts';
import type { Terminal } from '../terminal.ts';
import { bare } from './history.ts';

/** The result of checking one target once. */
export interface Finding {
  check: string;
  target: string;
  /** The URL that was requested, for a check that requests one. */
  url?: string;
  healthy: boolean;
  /** The reasons why the target is unhealthy: the failure of the check, or the rules that the values breach. */
  because: string[];
  measurements: Observation['measurements'];
}

/**
 * `tocsin check <kind> [target]`: runs a check now and records nothing.
 * @returns whether all targets are healthy
 */
export async function check(
  kind: string,
  name: string | undefined,
  options: StoreLocation & { json?: boolean },
  terminal: Terminal,
): Promise<boolean> {
  const site = await openCheckSite(options);
  try {
    const { document, instruments } = site;
    const findings = await findingsOf(document, instruments, {
      check: kind,
      ...(name === undefined ? {} : { target: name }),
    });
    if (findings.length === 0)
      throw new UserError(
        name === undefined
          ? `No target has a ${kind} check.`
          : `No target called ${name} has a ${kind} check; ${useOneOf(name, targetsWith(document, kind))}.`,
      );
    terminal.print(options.json ? JSON.stringify(findings, undefined, 2) : findingsTable(document, findings));
    return findings.every(({ healthy }) => healthy);
  } finally {
    await site.close();
  }
}

const targetsWith = ({ targets }: MonitoringDocument, kind: string): string[] =>
  targets.filter(({ checks }) => checks.some(({ check }) => check === kind)).map(({ name }) => name);

/**
 * Checks every target of a document, or the given ones, and compares the values with the rules.
 * @throws {UserError} if a check needs what is not available here, such as the execution history
 */
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
  for (const name of new Set(wanted.map(({ settings }) => settings.check)))
    observers.set(name, await loadObserver(name, instruments));
  const findings = new Map<Wanted, Finding>();
  const unavailable: UserError[] = [];
  await observeAll(wanted, new SystemClock(), async (one) => {
    const observed = async () => observers.get(one.settings.check)!(one.target, one.settings, Date.now());
    const observation = await observed().catch((error: unknown) => {
      if (error instanceof UserError) unavailable.push(error);
      return couldNotCheck(error);
    });
    findings.set(one, evaluate(one, observation));
  });
  if (unavailable[0]) throw unavailable[0];
  return wanted.map((one) => findings.get(one)!);
}

interface Wanted {
  target: Target;
  settings: CheckSettings;
}

/** A failure of Tocsin itself at one target must not hide the results of the others. */
const couldNotCheck = (error: unknown): Observation => ({
  outcome: 'incomplete',
  error: { class: 'our-fault', message: error instanceof Error ? error.message : String(error) },
  measurements: {},
  details: {},
});

function evaluate({ target, settings }: Wanted, { outcome, error, measurements }: Observation): Finding {
  const breached = breachedRules(target, measurements).map((rule) => `${rule.id} [${rule.tier}]`);
  const because = [
    ...(outcome === 'ok' ? [] : [`${outcome === 'failed' ? '' : `${outcome}, `}${error?.class}: ${error?.message}`]),
    ...breached,
  ];
  const url = checkedUrl(target, settings);
  return {
    check: settings.check,
    target: target.name,
    ...(url !== undefined && { url }),
    healthy: because.length === 0,
    because,
    measurements,
  };
}

/** The most characters of a reason in a table. */
const longestReason = 300;

/** Formats findings as a table, the unhealthy ones first, with a column of URLs if any check requested one. */
export function findingsTable(document: MonitoringDocument, findings: readonly Finding[]): string {
  const anyUrl = findings.some(({ url }) => url !== undefined);
  const rows = new Table({
    head: ['', 'check', 'target', ...(anyUrl ? ['URL'] : []), 'measured', 'reason'],
    style: { head: [], border: [] },
    chars: bare,
  });
  for (const finding of [...findings].sort((a, b) => Number(a.healthy) - Number(b.healthy))) {
    rows.push([
      finding.healthy ? '✓' : '✗',
      finding.check,
      terminalLine(finding.target),
      ...(anyUrl ? [terminalLine(finding.url ?? '')] : []),
      sayMeasurements(document, finding.measurements),
      finding.because.map((reason) => terminalLine(reason, longestReason)).join('; '),
    ]);
  }
  return rows.toString();
}
