import type { tables } from '../core/deployment/tables.ts';

/** What a pipeline relies on, beside that the tables and the key are there. */
export interface StateShape {
  /** The indexes of each table. */
  readonly indexes: Readonly<Record<keyof typeof tables, readonly string[]>>;
  /** The topics that may use the key: messages of any other never reach a queue. */
  readonly topics: readonly string[];
  /** Whether log groups of the pipeline may use the key. @default no */
  readonly logs?: true;
}

/**
 * Every shape that the state has had, the present one last. A new index or topic is a new shape at the end; none is ever
 * changed or taken away, because a pipeline that is deployed may still stand on it. Tests hold this.
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
 * The name under which a state stack says that it has a shape. A pipeline imports the name of the shape that it needs, so
 * CloudFormation refuses one that comes too early with "No export named … found"; the name says what to do.
 * @param version counts from 1
 */
export const shapeExport = (stateStack: string, version: number): string =>
  `${stateStack}:shape-${version}:deploy-this-stack-first`;
