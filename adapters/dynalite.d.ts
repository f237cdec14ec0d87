declare module 'dynalite' {
  import type { Server } from 'node:http';

  /** A DynamoDB in this process, in memory or in a folder. */
  function dynalite(options?: {
    path?: string;
    createTableMs?: number;
    deleteTableMs?: number;
    updateTableMs?: number;
  }): Server;
  export = dynalite;
}

declare module 'dynalite/db/index.js' {
  import type { Database } from './failover-level.ts';

  interface Store {
    /** Opening it again waits for the first opening, and fails when that failed. */
    db: Database & { open(): Promise<void> };
  }
  const storage: { create(options: object): Store };
  export = storage;
}
