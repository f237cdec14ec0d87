import type { Definition } from '../../core/config/definition.ts';
import type { MonitoringDocument } from '../../core/config/document.ts';
import { parseDefinition } from '../../core/config/parse-definition.ts';
import { batchFailed, diskSpaceLow, health, localDisk, serviceDown, slack } from '../../core/tocsin.ts';

const channels = { 'ml-alerts': slack({ webhook: 'http://127.0.0.1:9/hook' }) };
const everyTier = { critical: ['ml-alerts'], high: ['ml-alerts'], medium: ['ml-alerts'], info: ['ml-alerts'] };

/** A small document of the laptop's world, with parts of one's own. */
export const aDocument = (parts: Partial<Definition> = {}): MonitoringDocument =>
  parseDefinition(
    {
      name: 'tocsin-demo',
      operators: ['ops@example.com'],
      channels,
      routes: everyTier,
      services: servicesNamed(['classifier']),
      batchJobs: { nightly: { rules: [batchFailed()] } },
      volumes: { results: { source: localDisk({ path: '/' }), rules: [diskSpaceLow()] } },
      ...parts,
    },
    { world: 'laptop' },
  );

/** Services that are checked every minute. */
export const servicesNamed = (names: readonly string[]): NonNullable<Definition['services']> =>
  Object.fromEntries(
    names.map((name) => [
      name,
      { url: `https://${name}.example.com`, checks: [health({ every: '1 minute' })], rules: [serviceDown()] },
    ]),
  );
