// The public face: what `import … from 'tocsin'` gives.
export * from './channels/channels.ts';
export { basic, bearer } from './checks/auth.ts';
export * from './checks/checks.ts';
export { because } from './config/because.ts';
export { type Definition, defineMonitoring } from './config/definition.ts';
export { secret } from './config/secret.ts';
export { type DropReading, type DropSettings, nextDrop, type Reading } from './metrics/drop.ts';
export * from './packs/packs.ts';
export * from './rules/builders/builders.ts';
export type { RuleInput } from './rules/rule.ts';
