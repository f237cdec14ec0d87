import { existsSync } from 'node:fs';
import type { IConstruct } from 'constructs';
import type { MonitoringDocument } from '../core/definition/document.ts';
import { overBudget } from '../tools/cost/budget.ts';
import { sayFinding } from '../tools/lint/finding.ts';
import { lintRules } from '../tools/lint/lint-rules.ts';

/** Fails the synth of whatever a construct is in when the lint finds fault with a rule, or when the deployment costs more than its budget. */
export function addValidations(construct: IConstruct, document: MonitoringDocument): void {
  // An alarm that can never fire is worse than none: it looks like coverage.
  construct.node.addValidation({ validate: () => lintRules(document, existsSync).map(sayFinding) });
  construct.node.addValidation({
    validate: () => {
      const says = overBudget(document);
      return says === undefined ? [] : [`${document.name}/${document.stage} ${says}`];
    },
  });
}
