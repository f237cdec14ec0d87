import type { MonitoringDocument } from '../core/config/document.ts';
import type { Contract } from '../core/deployment/contract.ts';

/** What the stacks know of each function, by the name of its folder. */
export type Contracts = ReadonlyMap<string, Contract>;

/** The kinds of checks that a document uses. */
export const checksOf = (document: MonitoringDocument): string[] => [
  ...new Set(document.targets.flatMap((target) => target.checks.map(({ check }) => check))),
];

/** The kinds of channels that a document uses. */
export const channelKindsOf = (document: MonitoringDocument): string[] => [
  ...new Set(Object.values(document.channels).map(({ channel }) => channel)),
];

/** The folder of a check's function, and of a notifier's. Equal names tie them to `core/`, so that no list is kept here. */
export const checkFunction = (check: string): string => `${check}-check`;
export const notifierFunction = (kind: string): string => `${kind}-notifier`;

/** The functions that a document needs: the pipeline's own, and those of the checks and channels that it uses. */
export const functionsOf = (document: MonitoringDocument): string[] => [
  'alert-router',
  'run-ingest',
  'sweep',
  ...checksOf(document).map(checkFunction),
  ...channelKindsOf(document).map(notifierFunction),
];

/** Imports `functions/<name>/contract.ts` of each function that a document needs. */
export async function readContracts(document: MonitoringDocument): Promise<Contracts> {
  const entries = functionsOf(document).map(async (name) => {
    const { terms } = (await import(`../functions/${name}/contract.ts`)) as { terms: Contract };
    return [name, terms] as const;
  });
  return new Map(await Promise.all(entries));
}
