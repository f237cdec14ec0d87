import type { MonitoringDocument } from '../core/definition/document.ts';
import type { Contract } from '../core/deployment/contract.ts';
import { functionsOf } from '../core/deployment/parts.ts';

/** What the stacks know of each function, by the name of its folder. */
export type Contracts = ReadonlyMap<string, Contract>;

/** Imports `functions/<name>/contract.ts` of each function that a document needs. */
export async function readContracts(document: MonitoringDocument): Promise<Contracts> {
  const entries = functionsOf(document).map(async (name) => {
    const { terms } = (await import(`../functions/${name}/contract.ts`)) as { terms: Contract };
    return [name, terms] as const;
  });
  return new Map(await Promise.all(entries));
}
