import type { MonitoringDocument } from '../../core/definition/document.ts';
import type { Finding } from './finding.ts';
import { lints } from './lints.ts';
import { type FileExists, missingRunbooks } from './runbook-missing.ts';

/**
 * All that is to be said of a document's rules, less what the config accepts with a reason.
 * @param exists looks for the files of runbooks. @default they are not looked for
 */
export const lintRules = (document: MonitoringDocument, exists?: FileExists): Finding[] => [
  ...document.targets.flatMap((target) =>
    target.rules.flatMap((rule) =>
      lints.flatMap(({ code, look }) => {
        const says = rule.accepts?.[code] === undefined ? look(rule, target, document) : undefined;
        return says === undefined ? [] : [{ code, rule: `${target.name}/${rule.id}`, says }];
      }),
    ),
  ),
  ...(exists ? missingRunbooks(document, exists) : []),
];
