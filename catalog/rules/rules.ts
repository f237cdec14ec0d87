// The list of rule builders: what a config imports, and what the runbooks and the glossary are generated from.
export * from './api.ts';
export * from './batch.ts';
export { type RuleBase, rule } from './builder.ts';
export * from './business.ts';
export * from './disk.ts';
export * from './health.ts';
export * from './host.ts';
export * from './model.ts';
