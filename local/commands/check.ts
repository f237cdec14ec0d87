import Table from 'cli-table3';
import type { Instruments, Observation } from '../../core/checks/observe.ts';
import type { MonitoringDocument, Target } from '../../core/config/document.ts';
import { breachedRules, sayMeasurements } from '../../core/rules/judge.ts';
import { type Place, reachHistory } from '../reach.ts';
import type { Terminal } from '../terminal.ts';
import { UserError } from '../user-error.ts';
import type { ObserverModule } from '../world.ts';
import { bare } from './history.ts';

/** What a look at a target showed, and what a person should think of it. */
export interface Finding {
  check: string;
  target: string;
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
        name === undefined ? `Nothing has a ${kind} check.` : `No target called ${name} has a ${kind} check.`,
      );
    terminal.print(options.json ? JSON.stringify(findings, undefined, 2) : findingsTable(findings));
    return findings.every(({ healthy }) => healthy);
  } finally {
    await place.close();
  }
}

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
  return Promise.all(
    wanted.map(async ({ target, settings }) => {
      const { observer } = (await import(`../../functions/${settings.check}-check/observe.ts`)) as ObserverModule;
      return judge(target, settings.check, await observer(instruments)(target, settings, Date.now()));
    }),
  );
}

function judge(target: Target, name: string, { outcome, error, measurements }: Observation): Finding {
  const breached = breachedRules(target, measurements).map((rule) => `${rule.id} [${rule.tier}]`);
  const because = [...(outcome === 'ok' ? [] : [`${error?.class}: ${error?.message}`]), ...breached];
  return { check: name, target: target.name, healthy: because.length === 0, because, measurements };
}

/** Findings as a table, the sick ones first. */
export function findingsTable(findings: readonly Finding[]): string {
  const rows = new Table({
    head: ['', 'check', 'target', 'measured', 'because'],
    style: { head: [], border: [] },
    chars: bare,
  });
  for (const finding of [...findings].sort((a, b) => Number(a.healthy) - Number(b.healthy))) {
    rows.push([
      finding.healthy ? '✓' : '✗',
      finding.check,
      finding.target,
      sayMeasurements(finding.measurements),
      finding.because.join('; '),
    ]);
  }
  return rows.toString();
}
