import { AspectPriority, Aspects, type IAspect, type Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * Applies the aspects of a construct, including tags, to stacks that are not below it in the tree: `Tags.of(tocsin).add(…)`
 * applies to every resource of its stacks.
 */
export function forwardAspects(from: IConstruct, stacks: readonly Stack[]): void {
  const forwarded: IAspect = {
    visit: (node) => {
      for (const aspect of Aspects.of(from).all) aspect.visit(node);
    },
  };
  for (const stack of stacks) Aspects.of(stack).add(forwarded, { priority: AspectPriority.MUTATING });
}
