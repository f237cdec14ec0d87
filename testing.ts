// The public face for tests of rules: what `import … from 'tocsin/testing'` gives. Exports only.
export { type RuleBehaviour, ruleMatchers } from './tools/rule-tests/matchers.ts';
