import pc from 'picocolors';
import type { MonitoringDocument } from '../core/definition/document.ts';
import { alarmsElsewhere } from '../laptop/evaluated-alarms.ts';
import type { Terminal } from './terminal.ts';

/** Prints what is monitored and how often, at the start of a run. */
export function greet(document: MonitoringDocument, terminal: Terminal): void {
  terminal.print(`${pc.bold('tocsin')} monitors ${document.name}/${document.stage} (${document.timeZone})`);
  for (const target of document.targets) {
    const checks = target.checks.map((check) => `${check.check} every ${check.every} s`).join(', ');
    terminal.print(
      `  ${target.kind.padEnd(8)} ${target.name.padEnd(16)} ${checks}; ${target.rules.map((rule) => rule.id).join(', ') || 'no rules'}`,
    );
  }
  const elsewhere = alarmsElsewhere(document);
  if (elsewhere.length > 0)
    terminal.print(
      pc.dim(
        `Not evaluated here, because their metrics are published to CloudWatch: ${elsewhere.map((name) => name.split('/').slice(-2).join('/')).join(', ')}`,
      ),
    );
}
