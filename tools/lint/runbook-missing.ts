import type { MonitoringDocument } from '../../core/definition/document.ts';
import { runbookOf } from '../../core/incidents/notification-content.ts';
import { isWebPage } from '../../core/rules/runbook.ts';
import type { Finding } from './finding.ts';

/** Whether a file exists. Its path is as the config has it: from the folder in which the command runs. */
export type FileExists = (path: string) => boolean;

/**
 * Runbooks that messages name and that are not there, each once, at the first rule that names it. Pages of the web are
 * not asked for.
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
      says: `names the runbook ${runbook}${rules > 1 ? `, as ${sayOthers(rules - 1)},` : ''} and ${path} does not exist: ${fixOf(runbook, path, exists)}`,
    }));
}

const sayOthers = (count: number) => (count === 1 ? 'does 1 other rule' : `do ${count} other rules`);

function fixOf(runbook: string, path: string, exists: FileExists): string {
  if (runbook.endsWith('.md') && exists(path.replace(/\.md$/, '')))
    return `write '${runbook.replace(/\.md$/, '')}', without .md`;
  return "write the page (npx tocsin docs begins it), set the config's runbooks to where it is, or write because('…')";
}
