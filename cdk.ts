// The CDK construct: what `import … from 'tocsin/cdk'` gives.
export { Tocsin, type TocsinProps } from './lib/tocsin.ts';
