import { type AwsService, servicesOf } from '../core/deployment/aws-services.ts';
import type { Contract } from '../core/deployment/contract.ts';
import { observedWith, secretsOf } from '../core/deployment/references.ts';
import { functionsOf, type Used } from './deployed-functions.ts';
import type { ListedFunction } from './functions.ts';

// What runs in the network of a deployment. The stacks build it, the outputs list it and the bill counts it.

/** Whether a function connects to targets, and so runs in their network. */
export const reachesTargets = ({ uses }: Pick<Contract, 'uses'>): boolean => uses.includes('targets');

/** The functions that run in the network, if the deployment has one. */
export const functionsInNetwork = (document: Used): ListedFunction[] =>
  functionsOf(document).filter(({ contract }) => reachesTargets(contract));

/** The services of AWS that these functions call, in alphabetical order: those of their contracts and of their secrets. */
export function servicesFromNetwork(document: Used): AwsService[] {
  const contracts = functionsInNetwork(document).map(({ contract }) => contract);
  const stores = contracts.some(({ uses }) => uses.includes('secrets'))
    ? secretsOf(document.targets.map((target) => observedWith(target))).map(({ store }) => store)
    : [];
  const called = contracts.flatMap(({ uses }) => uses.flatMap((use) => servicesOf[use]));
  return [...new Set([...called, ...stores])].sort();
}
