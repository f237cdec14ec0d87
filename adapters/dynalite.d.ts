declare module 'dynalite' {
  import type { Server } from 'node:http';

  /** A DynamoDB in this process, in memory or in a folder of its own. */
  function dynalite(options?: {
    path?: string;
    createTableMs?: number;
    deleteTableMs?: number;
    updateTableMs?: number;
  }): Server;
  export = dynalite;
}
