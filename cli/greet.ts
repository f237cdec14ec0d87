import pc from 'picocolors';
import type { MonitoringDocument } from '../core/definition/document.ts';
import { alarmsElsewhere } from '../laptop/evaluated-alarms.ts';
import type { Terminal } from './terminal.ts';

/** Prints at the start of a run what is monitored, and how often. */
export function greet(document: MonitoringDocument, terminal: Terminal): void {
  terminal.print(`${pc.bold('tocsin')} watches ${document.name}/${document.stage} (${document.timeZone})`);
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
        `Not judged here, since their values are published to CloudWatch: ${elsewhere.map((name) => name.split('/').slice(-2).join('/')).join(', ')}`,
      ),
    );
}
