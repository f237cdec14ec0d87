import type { MonitoringDocument } from '../core/definition/document.ts';
import { type PipelineProblem, runFileDamaged, storeFailed, storeMissing, storeUnopened } from './pipeline-problem.ts';
import type { StateFolder } from './state-folder.ts';
import { openMemoryStore, openStore, type Store, StoreBusyError } from './store.ts';

/** The store of a run, and whether it is only in memory. */
export interface OpenState {
  store: Store;
  inMemory: boolean;
}

/**
 * Opens the state of a laptop run. If the disk fails, the state is kept in memory, so that monitoring continues. Each problem is
 * reported when it occurs.
 * @throws {UserError} if another process uses the store, or `--state` is not a folder
 */
export async function openState(
  folder: StateFolder,
  document: MonitoringDocument,
  report: (problem: PipelineProblem) => void,
): Promise<OpenState> {
  folder.expectFolder();
  const path = folder.storePath(document);
  const before = folder.read();
  const damage = folder.damage();
  if (damage !== undefined) report(runFileDamaged(folder.runFilePath, damage));
  try {
    const store = await openStore(folder, document, (error) => report(storeFailed(path, error)));
    const wasKept =
      before?.document.name === document.name && before.document.stage === document.stage && !before.inMemory;
    if (store.isNew && wasKept) report(storeMissing(path));
    return { store, inMemory: false };
  } catch (error) {
    if (error instanceof StoreBusyError) throw error;
    report(storeUnopened(path, error as Error));
    return { store: await openMemoryStore(), inMemory: true };
  }
}
