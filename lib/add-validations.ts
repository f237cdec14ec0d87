import { existsSync } from 'node:fs';
import type { IConstruct } from 'constructs';
import type { MonitoringDocument } from '../core/definition/document.ts';
import { overBudget } from '../tools/cost/budget.ts';
import { sayFinding } from '../tools/lint/finding.ts';
import { lintRules } from '../tools/lint/lint-rules.ts';

/**
 * Fails synth if the lint finds a problem in a rule or target, or if the deployment costs more than its budget.
 * @param reachesPrivate whether checks reach private addresses without a network in the definition: the construct has a VPC,
 *   or an emulator runs them on this machine. @default false
 */
export function addValidations(construct: IConstruct, document: MonitoringDocument, reachesPrivate = false): void {
  // An alarm that can never fire is worse than no alarm, because people rely on it.
  construct.node.addValidation({ validate: () => lintRules(document, existsSync, reachesPrivate).map(sayFinding) });
  construct.node.addValidation({
    validate: () => {
      const says = overBudget(document);
      return says === undefined ? [] : [`${document.name}/${document.stage} ${says}`];
    },
  });
}
