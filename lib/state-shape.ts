import type { tables } from '../core/deployment/tables.ts';

/** What a pipeline requires of the state, in addition to the tables and the key. */
export interface StateShape {
  /** The indexes of each table. */
  readonly indexes: Readonly<Record<keyof typeof tables, readonly string[]>>;
  /** The topics that may use the key. Messages of other topics never reach a queue. */
  readonly topics: readonly string[];
  /** Whether log groups of the pipeline may use the key. @default no */
  readonly logs?: true;
}

/**
 * Every shape of the state, the current one last. A new index or topic is a new shape at the end. Shapes are never changed or
 * removed, because a deployed pipeline may still require them. Tests check this.
 */
export const stateShapes: readonly StateShape[] = [
  {
    indexes: { history: ['failures', 'batchRuns'], incidents: ['due', 'open', 'closed'] },
    topics: ['critical', 'high', 'medium', 'info', 'pipeline-failure', 'notifications'],
  },
  {
    indexes: { history: ['failures', 'batchRuns'], incidents: ['due', 'open', 'closed'] },
    topics: ['critical', 'high', 'medium', 'info', 'pipeline-failure', 'notifications'],
    logs: true,
  },
];

/**
 * The export name by which a state stack states that it has a shape. A pipeline imports the name of the shape that it
 * requires, so that CloudFormation rejects a pipeline that is deployed too early with "No export named … found". The name
 * contains the fix.
 * @param version starts at 1
 */
export const shapeExport = (stateStack: string, version: number): string =>
  `${stateStack}:shape-${version}:deploy-this-stack-first`;
