// The list of rule builders on published metrics. Those on checks stand beside their check in core/checks.
export * from './api.ts';
export { type RuleBase, rule } from './builder.ts';
export * from './business.ts';
export * from './host.ts';
export * from './model.ts';
