// The list of checks: a new one is one line here. `kinds.ts` and the public face read it.
export * from './batch.ts';
export * from './disk.ts';
export * from './health.ts';
