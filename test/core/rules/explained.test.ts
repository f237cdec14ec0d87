import { describe, expect, it } from 'vitest';
import type { RuleInput } from '../../../core/rules/rule.ts';
import {
  batchFailed,
  batchSuccessLow,
  diskShareLow,
  diskSpaceLow,
  serviceDown,
  slowResponses,
} from '../../../index.ts';
import { aDefinition, aDocument } from '../../support/a-document.ts';

/** What each rule of a target inhibits, by id. */
function inhibits(section: 'services' | 'batchJobs' | 'volumes', name: string, rules: [RuleInput, ...RuleInput[]]) {
  const target = { ...(aDefinition()[section] as Record<string, object>)[name], rules };
  const document = aDocument({ [section]: { [name]: target } });
  const found = document.targets.find((one) => one.name === name)!;
  return Object.fromEntries(found.rules.map((rule) => [rule.id, rule.inhibits]));
}

describe('one failure is one incident: a rule inhibits what follows from it', () => {
  it.each([
    {
      says: 'a service that is down is slow as well',
      found: inhibits('services', 'classifier', [serviceDown(), slowResponses()]),
      expected: { 'service-down': ['slow-responses'], 'slow-responses': [] },
    },
    {
      says: 'a run that failed had no success',
      found: inhibits('batchJobs', 'nightly', [batchFailed(), batchSuccessLow()]),
      expected: { 'batch-failed': ['batch-success-low'], 'batch-success-low': [] },
    },
    {
      says: 'a volume with a few gigabytes left is nearly full',
      found: inhibits('volumes', 'results', [diskSpaceLow(), diskShareLow()]),
      expected: { 'disk-space-low': ['disk-share-low'], 'disk-share-low': [] },
    },
    {
      says: 'a rule that the target does not have is no mistake',
      found: inhibits('services', 'classifier', [serviceDown()]),
      expected: { 'service-down': [] },
    },
    {
      says: 'a rule of a worse tier is left alone',
      found: inhibits('services', 'classifier', [serviceDown({ tier: 'medium' }), slowResponses()]),
      expected: { 'service-down': [], 'slow-responses': [] },
    },
    {
      says: 'two rules do not silence each other',
      found: inhibits('services', 'classifier', [
        serviceDown({ tier: 'high' }),
        slowResponses({ inhibits: ['service-down'] }),
      ]),
      expected: { 'service-down': [], 'slow-responses': ['service-down'] },
    },
    {
      says: 'what a user names is inhibited besides',
      found: inhibits('batchJobs', 'nightly', [
        batchFailed({ inhibits: ['batch-success-low'], explains: [] }),
        batchSuccessLow(),
      ]),
      expected: { 'batch-failed': ['batch-success-low'], 'batch-success-low': [] },
    },
    {
      says: 'a user who wants to be notified of both says that nothing follows',
      found: inhibits('services', 'classifier', [serviceDown({ explains: [] }), slowResponses()]),
      expected: { 'service-down': [], 'slow-responses': [] },
    },
  ])('$says', ({ found, expected }) => {
    expect(found).toEqual(expected);
  });
});
