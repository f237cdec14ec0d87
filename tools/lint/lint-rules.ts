import type { MonitoringDocument } from '../../core/definition/document.ts';
import type { Finding } from './finding.ts';
import { lints } from './lints.ts';
import { privateUrls } from './private-urls.ts';
import { type FileExists, missingRunbooks } from './runbook-missing.ts';

/**
 * Returns all findings for the targets and rules of a document, except those that the config accepts.
 * @param exists whether a runbook file exists. @default runbook files are not checked
 * @param reachesPrivate whether checks reach private addresses in a way that the config does not contain. @default false
 */
export const lintRules = (document: MonitoringDocument, exists?: FileExists, reachesPrivate = false): Finding[] => [
  ...(reachesPrivate ? [] : privateUrls(document)),
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
