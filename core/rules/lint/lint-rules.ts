import type { MonitoringDocument } from '../../config/document.ts';
import type { Finding } from './finding.ts';
import { lints } from './lints.ts';

/** All that is to be said of a document's rules, less what the config accepts with a reason. */
export const lintRules = (document: MonitoringDocument): Finding[] =>
  document.targets.flatMap((target) =>
    target.rules.flatMap((rule) =>
      lints.flatMap(({ code, look }) => {
        const says = rule.accepts?.[code] === undefined ? look(rule, target, document) : undefined;
        return says === undefined ? [] : [{ code, rule: `${target.name}/${rule.id}`, says }];
      }),
    ),
  );
