// Tests of rules with vitest or jest: what `import … from 'tocsin/testing'` gives.
export { type RuleBehaviour, ruleMatchers } from './core/rules/testing/matchers.ts';
