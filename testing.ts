// Tests of rules with vitest or jest: what `import … from 'tocsin/testing'` gives.
import type {} from 'vitest';
import type { Definition } from './core/definition/definition.ts';
import type { RuleBehaviour } from './tools/rule-tests/matchers.ts';

export { type RuleBehaviour, ruleMatchers } from './tools/rule-tests/matchers.ts';

declare module 'vitest' {
  interface Matchers<T> {
    /** Holds what a rule of a config does over simulated time against what is expected. */
    toBehaveAs: T extends Definition ? (behaviour: RuleBehaviour, stage?: string) => void : never;
  }
}
