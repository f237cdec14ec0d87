import { parseDefinition } from '../../catalog/parse-definition.ts';
import type { Definition } from '../../core/definition/definition.ts';
import type { MonitoringDocument } from '../../core/definition/document.ts';
import {
  batchFailed,
  batchMissing,
  batchSucceeded,
  diskSpaceLow,
  email,
  health,
  localDisk,
  modelNotLoaded,
  secret,
  serviceDown,
  slack,
} from '../../index.ts';

/** A small definition with one target of each kind and two channels; say what is different. */
export const aDefinition = (of: Partial<Definition> = {}): Definition => ({
  name: 'shop',
  timeZone: 'Europe/Berlin',
  stages: { prod: {} },
  operators: ['ops@example.com'],
  channels: {
    'ml-alerts': slack({ webhook: secret('tocsin/slack') }),
    'ml-team': email({ from: 'tocsin@example.com', to: ['ml-team@example.com'] }),
  },
  routes: {
    critical: ['ml-alerts', 'ml-team'],
    high: ['ml-alerts', 'ml-team'],
    medium: ['ml-team'],
    info: ['ml-alerts'],
  },
  services: {
    classifier: {
      url: 'https://classifier.example.com',
      checks: [health({ every: '1 minute', expect: { status: 'healthy', model_loaded: true } })],
      rules: [serviceDown(), modelNotLoaded()],
    },
  },
  batchJobs: { nightly: { schedule: '0 2 * * *', rules: [batchFailed(), batchSucceeded(), batchMissing()] } },
  volumes: { results: { source: localDisk({ path: '/data' }), rules: [diskSpaceLow()] } },
  ...of,
});

/** The document of {@link aDefinition}. */
export const aDocument = (of: Partial<Definition> = {}): MonitoringDocument =>
  parseDefinition(aDefinition(of), { world: 'laptop' });

/** Services that are checked every minute. */
export const servicesNamed = (
  names: readonly string[],
  options: Partial<Parameters<typeof health>[0]> = {},
): NonNullable<Definition['services']> =>
  Object.fromEntries(
    names.map((name) => [
      name,
      {
        url: `https://${name}.example.com`,
        checks: [health({ every: '1 minute', ...options })],
        rules: [serviceDown()],
      },
    ]),
  );
