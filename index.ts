// The definition: what `import … from 'tocsin'` gives.
export * from './core/tocsin.ts';
