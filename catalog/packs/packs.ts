// The list of packs, one for each guide; docs/conformance.md maps every rule of the guides to a rule of a pack.
export * from './mlops.ts';
export * from './platform.ts';
export * from './scenarios.ts';
export * from './tiered.ts';
export * from './triggers.ts';
