import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { SystemClock } from '../adapters/system-clock.ts';
import { parseDefinition } from '../catalog/parse-definition.ts';
import type { Instruments } from '../core/checks/observe.ts';
import type { MonitoringDocument } from '../core/definition/document.ts';
import type { BatchLedger, ExecutionHistory } from '../core/history/execution-history.ts';
import { UserError } from '../core/user-error.ts';
import { laptopInstruments } from '../laptop/run-laptop.ts';
import { StateFolder } from '../laptop/state-folder.ts';
import { connectToStore, storesOver } from '../laptop/store.ts';
import { defaultConfig, loadConfig } from './load-config.ts';
import { openStoreAt, type StoreLocation } from './open-store.ts';

/** What `tocsin check` checks, and what it observes the targets with, until it is closed. */
export interface CheckSite {
  document: MonitoringDocument;
  instruments: Instruments;
  close(): Promise<void>;
}

/**
 * A deployed stack, if one is given. Otherwise the given config; without one, what last ran with the state folder, or
 * `monitoring.config.ts` of the current folder if nothing has run. A check of a config needs no state: only a check that
 * reads the execution history does.
 * @throws {UserError} if there is neither a stack, a config nor a state
 */
export async function openCheckSite(location: StoreLocation): Promise<CheckSite> {
  const config = location.stack === undefined ? configToCheck(location) : undefined;
  if (config !== undefined) return openConfig(config, location);
  const store = await openStoreAt(location);
  return { document: await store.document(), instruments: store.instruments, close: store.close };
}

function configToCheck({ config, state }: StoreLocation): string | undefined {
  if (config !== undefined) return config;
  const folder = new StateFolder(state);
  const hasRun = folder.read() !== undefined || folder.damage() !== undefined;
  return !hasRun && existsSync(defaultConfig) ? defaultConfig : undefined;
}

async function openConfig(config: string, { stage, state }: StoreLocation): Promise<CheckSite> {
  const document = parseDefinition(await loadConfig(config), { stage, world: 'laptop' });
  const instruments = laptopInstruments(dirname(config));
  const folder = new StateFolder(state);
  const last = folder.read()?.document;
  const hasHistory = last?.name === document.name && last.stage === document.stage;
  const connected = hasHistory ? await connectToStore(folder).catch(userError) : undefined;
  if (!connected || connected instanceof UserError) {
    const none = noHistory(connected ?? notRunHere(state));
    return { document, instruments: { ...instruments, ledger: none, runs: none }, close: async () => {} };
  }
  const { history } = storesOver(connected.store.client, document, new SystemClock());
  return { document, instruments: { ...instruments, ledger: history, runs: history }, close: connected.store.close };
}

/** An error that the user can correct, as a value. @throws any other */
function userError(error: unknown): UserError {
  if (error instanceof UserError) return error;
  throw error;
}

const notRunHere = (state: string) =>
  new UserError(
    `This check reads the execution history, and this deployment has not run here yet (no state of it in ${state}). Run npx tocsin start first, or specify a deployed stack with --stack.`,
  );

/** Stands in for an execution history that cannot be read: only a check that reads it fails. */
function noHistory(reason: UserError): BatchLedger & ExecutionHistory {
  const fail = (): never => {
    throw reason;
  };
  return {
    record: fail,
    recentRuns: fail,
    failedRuns: fail,
    lastRun: fail,
    newestRuns: fail,
    runsBetween: fail,
    recordPending: fail,
    settle: fail,
    jobState: fail,
  };
}
