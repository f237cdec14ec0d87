import type { MonitoringDocument } from '../../core/definition/document.ts';
import type { Finding } from './finding.ts';
import { lints } from './lints.ts';
import { type FileExists, missingRunbooks } from './runbook-missing.ts';

/**
 * Returns all findings for the rules of a document, except those that the config accepts.
 * @param exists whether a runbook file exists. @default runbook files are not checked
 */
export const lintRules = (document: MonitoringDocument, exists?: FileExists): Finding[] => [
  ...document.targets.flatMap((target) =>
    target.rules.flatMap((rule) =>
      lints.flatMap(({ code, check }) => {
        const says = rule.accepts?.[code] === undefined ? check(rule, target, document) : undefined;
        return says === undefined ? [] : [{ code, rule: `${target.name}/${rule.id}`, says }];
      }),
    ),
  ),
  ...(exists ? missingRunbooks(document, exists) : []),
];
