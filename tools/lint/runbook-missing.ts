import type { MonitoringDocument } from '../../core/definition/document.ts';
import { runbookOf } from '../../core/incidents/notification-content.ts';
import { isWebPage } from '../../core/rules/runbook.ts';
import type { Finding } from './finding.ts';

/** Whether a file exists. The path is relative to the folder in which the command runs. */
export type FileExists = (path: string) => boolean;

/**
 * Returns a finding for each runbook file that does not exist, at the first rule that uses it. Web pages are not
 * requested.
 */
export function missingRunbooks(document: MonitoringDocument, exists: FileExists): Finding[] {
  const named = new Map<string, { rule: string; runbook: string; rules: number }>();
  for (const target of document.targets) {
    for (const rule of target.rules) {
      const path = runbookOf(document, rule);
      if (path === undefined || isWebPage(path) || rule.accepts?.['runbook-missing'] !== undefined) continue;
      const known = named.get(path);
      if (known) known.rules += 1;
      else named.set(path, { rule: `${target.name}/${rule.id}`, runbook: String(rule.runbook), rules: 1 });
    }
  }
  return [...named]
    .filter(([path]) => !exists(path))
    .map(([path, { rule, runbook, rules }]) => ({
      code: 'runbook-missing',
      rule,
      says: `has the runbook ${runbook}${rules > 1 ? ` (as ${sayOthers(rules - 1)})` : ''}, and ${path} does not exist: ${fixOf(runbook, path, exists)}`,
    }));
}

const sayOthers = (count: number) => (count === 1 ? 'does 1 other rule' : `do ${count} other rules`);

function fixOf(runbook: string, path: string, exists: FileExists): string {
  if (runbook.endsWith('.md') && exists(path.replace(/\.md$/, '')))
    return `write '${runbook.replace(/\.md$/, '')}', without .md`;
  return "write the page (npx tocsin docs creates a first version), set runbooks in the config to the folder of the page, or use because('…')";
}
