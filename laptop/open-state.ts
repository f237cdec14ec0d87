import type { MonitoringDocument } from '../core/definition/document.ts';
import type { StateFolder } from './state-folder.ts';
import { openMemoryStore, openStore, type Store, StoreBusyError } from './store.ts';
import { runFileDamaged, storeFailed, storeMissing, storeUnopened, type Trouble } from './trouble.ts';

/** The store of a run, and whether it is kept. */
export interface OpenState {
  store: Store;
  inMemory: boolean;
}

/**
 * Opens the state of a laptop run. What the disk refuses is kept in memory instead, so that watching goes on, and each
 * trouble is reported, now or when it comes.
 * @throws {UserError} when another process has the store, or `--state` is no folder
 */
export async function openState(
  folder: StateFolder,
  document: MonitoringDocument,
  report: (trouble: Trouble) => void,
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
