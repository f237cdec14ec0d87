import { describe, expect, it } from 'vitest';
import type { RuleInput } from '../../../core/rules/rule.ts';
import { batchSuccessLow, diskShareLow, health, modelNotLoaded, serviceDown, slowResponses } from '../../../index.ts';
import { lintRules } from '../../../tools/lint/lint-rules.ts';
import { aDefinition, aDocument, servicesNamed } from '../../support/a-document.ts';

const service = (...rules: RuleInput[]) => ({
  services: { classifier: { ...aDefinition().services!['classifier']!, rules } },
});
const batch = (...rules: RuleInput[]) => ({ batchJobs: { nightly: { rules } } });
const volume = (...rules: RuleInput[]) => ({ volumes: { results: { ...aDefinition().volumes!['results']!, rules } } });
const down = serviceDown() as RuleInput & { type: 'metric' };
const slow = slowResponses({ aboveSeconds: 2 }) as RuleInput & { type: 'metric' };

describe('the lint of rules', () => {
  it.each`
    sentence                                                            | change                                                                                                       | found
    ${'the builders with their defaults'}                               | ${{}}                                                                                                        | ${[]}
    ${'a share above 100 %'}                                            | ${volume({ ...diskShareLow(), comparison: 'above', threshold: 100 } as RuleInput)}                           | ${['never-fires']}
    ${'a negative share'}                                               | ${volume(diskShareLow({ belowPercent: -1 }))}                                                                | ${['never-fires']}
    ${'a yes-or-no metric below 0'}                                     | ${service({ ...down, threshold: 0 })}                                                                        | ${['never-fires']}
    ${'slower than the timeout of the check'}                           | ${service(slowResponses({ aboveSeconds: 6 }))}                                                               | ${['never-fires']}
    ${'as slow as the timeout, which a request that times out exceeds'} | ${service(slowResponses({ aboveSeconds: 5 }))}                                                               | ${[]}
    ${'a share below 101 %'}                                            | ${batch(batchSuccessLow({ belowPercent: 101 }))}                                                             | ${['always-fires']}
    ${'a sum may exceed the range of its values'}                       | ${service({ ...down, period: '5 minutes', statistic: 'Sum', threshold: 4 })}                                 | ${[]}
    ${'missing data that counts as good'}                               | ${service({ ...down, missingData: 'notBreaching' })}                                                         | ${['missing-data-hides-failure']}
    ${'missing data that counts as good, on "above", which is allowed'} | ${service({ ...slow, missingData: 'notBreaching' })}                                                         | ${[]}
    ${'a p99 of one value'}                                             | ${service({ ...slow, statistic: 'p99' })}                                                                    | ${['percentile-of-few-samples']}
    ${'a p50 of five values'}                                           | ${service({ ...slow, statistic: 'p50', period: '5 minutes' })}                                               | ${[]}
    ${'a p50 of five values that requires 20'}                          | ${service({ ...slow, statistic: 'p50', period: '5 minutes', fewSamples: 'ignore' })}                         | ${['percentile-of-few-samples']}
    ${'a share of 1 instead of percent'}                                | ${batch(batchSuccessLow({ belowPercent: 0.9 }))}                                                             | ${['unit-mismatch']}
    ${'milliseconds instead of seconds'}                                | ${service({ ...slow, metric: 'RequestSeconds', threshold: 500 })}                                            | ${['unit-mismatch']}
    ${'two rules that inhibit each other'}                              | ${service({ ...down, inhibits: ['slow-responses'] }, { ...slow, inhibits: ['service-down'] })}               | ${['inhibition-cycle', 'inhibition-cycle']}
    ${'a rule that inhibits another'}                                   | ${service({ ...down, inhibits: ['slow-responses'] }, slow)}                                                  | ${[]}
    ${'one condition twice'}                                            | ${service(serviceDown(), serviceDown({ id: 'down-again' }))}                                                 | ${['duplicate']}
    ${'one metric with two thresholds'}                                 | ${service(slowResponses({ aboveSeconds: 1, id: 'slow' }), slowResponses({ aboveSeconds: 2, id: 'slower' }))} | ${[]}
    ${'a critical rule that takes half an hour'}                        | ${service(serviceDown({ for: '30 minutes' }))}                                                               | ${['slow-to-fire']}
    ${'a high rule that takes half an hour'}                            | ${service(serviceDown({ for: '30 minutes', tier: 'high' }))}                                                 | ${[]}
    ${'a critical rule without an action'}                              | ${service(modelNotLoaded({ actions: [] }))}                                                                  | ${['no-actions']}
  `('$sentence: $found', ({ change, found }) => {
    expect(lintRules(aDocument(change)).map(({ code }) => code)).toEqual(found);
  });

  it('reports an expensive rule on many targets once, for the first target', () => {
    const fleet = (count: number, cost = {}) =>
      lintRules(aDocument({ services: servicesNamed(Array.from({ length: count }, (_, i) => `shop-${i}`)), cost }));
    expect(fleet(1000)).toEqual([]);
    expect(fleet(1001)).toEqual([
      {
        code: 'expensive',
        rule: 'shop-0/service-down',
        says: 'has an alarm on each of 1001 targets, which costs 100.10 USD a month. Publish the worst value of all targets as one metric and put the rule on that metric, or accept the cost',
      },
    ]);
    expect(fleet(1001, { prices: { alarm: 0.01 } })).toEqual([]);
  });

  it('says what will happen and how to fix it', () => {
    expect(lintRules(aDocument(service(slowResponses({ aboveSeconds: 6 }))))).toEqual([
      {
        code: 'never-fires',
        rule: 'classifier/slow-responses',
        says: 'can never fire: ResponseSeconds is never above 5.001 on this target, and the threshold is 6 s. Move the threshold into the range',
      },
    ]);
  });

  it('accepts the finding that has a reason, and no other', () => {
    const accepts = { 'slow-to-fire': 'the batch may take half an hour' };
    expect(lintRules(aDocument(service(serviceDown({ for: '30 minutes', accepts }))))).toEqual([]);
    expect(lintRules(aDocument(service(serviceDown({ for: '30 minutes', accepts, actions: [] }))))).toHaveLength(1);
  });

  it('uses the timeout of the check', () => {
    const checks = [health({ every: '1 minute', timeout: '10 seconds' })];
    const services = {
      classifier: { ...aDefinition().services!['classifier']!, checks, rules: [slowResponses({ aboveSeconds: 6 })] },
    };
    expect(lintRules(aDocument({ services }))).toEqual([]);
  });
});
