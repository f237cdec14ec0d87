import { AspectPriority, Aspects, type Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** The priorities of CDK: aspects that change resources, those without a priority, and those that only read. */
const priorities = [AspectPriority.MUTATING, AspectPriority.DEFAULT, AspectPriority.READONLY];

/**
 * Applies the aspects of a construct, including tags, to stacks that are not below it in the tree: `Tags.of(tocsin).add(…)`
 * applies to every resource of its stacks. Each keeps its priority, so that a tag of the construct wins over one of the app.
 */
export function forwardAspects(from: IConstruct, stacks: readonly Stack[]): void {
  for (const [i, priority] of priorities.entries()) {
    const isOfThis = (own: number) =>
      (i === 0 || own > priorities[i - 1]!) && (i === priorities.length - 1 || own <= priority);
    const forwarded = {
      visit: (node: IConstruct) => {
        for (const { aspect, priority: own } of Aspects.of(from).applied) if (isOfThis(own)) aspect.visit(node);
      },
    };
    for (const stack of stacks) Aspects.of(stack).add(forwarded, { priority });
  }
}
