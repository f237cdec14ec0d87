// The public face of a definition: what `import … from 'tocsin'` gives. Exports only.
export * from './catalog/packs/packs.ts';
export * from './catalog/rules/rules.ts';
export { email, slack } from './core/channels/channels.ts';
export { basic, bearer } from './core/checks/auth.ts';
export { batchRuns } from './core/checks/batch.ts';
export { cloudwatchAgent, diskSpace, jsonEndpoint, localDisk } from './core/checks/disk.ts';
export { health } from './core/checks/health.ts';
export { because } from './core/definition/because.ts';
export { type Definition, defineMonitoring } from './core/definition/definition.ts';
export { secret } from './core/definition/secret.ts';
export { type DropReading, type DropSettings, nextDrop, type Reading } from './core/metrics/drop.ts';
export type { RuleInput } from './core/rules/rule.ts';
