import type { World } from '../core/definition/definition.ts';
import type { MonitoringDocument } from '../core/definition/document.ts';
import { parseDefinition as parseWith } from '../core/definition/parse-definition.ts';
import { metrics } from './metrics/catalogue.ts';

/**
 * Validates a config whose rules may name any metric of the catalogue: returns one stage of it as a document, or
 * reports all problems at once.
 * @throws {ConfigError} with every problem found
 */
export const parseDefinition = (
  input: unknown,
  options: { stage?: string | undefined; world: World },
): MonitoringDocument => parseWith(input, { ...options, catalogue: metrics });
