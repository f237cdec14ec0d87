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
    sentence                                                           | change                                                                                                       | found
    ${'the builders as they are'}                                      | ${{}}                                                                                                        | ${[]}
    ${'a share above 100 %'}                                           | ${volume({ ...diskShareLow(), comparison: 'above', threshold: 100 } as RuleInput)}                           | ${['never-fires']}
    ${'a negative share'}                                              | ${volume(diskShareLow({ belowPercent: -1 }))}                                                                | ${['never-fires']}
    ${'a yes-or-no metric below 0'}                                    | ${service({ ...down, threshold: 0 })}                                                                        | ${['never-fires']}
    ${'slower than the check waits'}                                   | ${service(slowResponses({ aboveSeconds: 6 }))}                                                               | ${['never-fires']}
    ${'as slow as the check waits, which a wait in vain crosses'}      | ${service(slowResponses({ aboveSeconds: 5 }))}                                                               | ${[]}
    ${'a share below 101 %'}                                           | ${batch(batchSuccessLow({ belowPercent: 101 }))}                                                             | ${['always-fires']}
    ${'a sum may pass the range of its values'}                        | ${service({ ...down, period: '5 minutes', statistic: 'Sum', threshold: 4 })}                                 | ${[]}
    ${'missing data that counts as good'}                              | ${service({ ...down, missingData: 'notBreaching' })}                                                         | ${['silence-is-health']}
    ${'missing data that counts as good, on "above": no news is fine'} | ${service({ ...slow, missingData: 'notBreaching' })}                                                         | ${[]}
    ${'a p99 of one value'}                                            | ${service({ ...slow, statistic: 'p99' })}                                                                    | ${['percentile-of-few']}
    ${'a p50 of five values'}                                          | ${service({ ...slow, statistic: 'p50', period: '5 minutes' })}                                               | ${[]}
    ${'a p50 of five values that waits for 20'}                        | ${service({ ...slow, statistic: 'p50', period: '5 minutes', fewSamples: 'ignore' })}                         | ${['percentile-of-few']}
    ${'a share of 1 where percent are meant'}                          | ${batch(batchSuccessLow({ belowPercent: 0.9 }))}                                                             | ${['unit-mismatch']}
    ${'milliseconds where seconds are meant'}                          | ${service({ ...slow, metric: 'RequestSeconds', threshold: 500 })}                                            | ${['unit-mismatch']}
    ${'two rules that silence each other'}                             | ${service({ ...down, inhibits: ['slow-responses'] }, { ...slow, inhibits: ['service-down'] })}               | ${['inhibits-in-a-circle', 'inhibits-in-a-circle']}
    ${'a rule that silences another'}                                  | ${service({ ...down, inhibits: ['slow-responses'] }, slow)}                                                  | ${[]}
    ${'one condition twice'}                                           | ${service(serviceDown(), serviceDown({ id: 'down-again' }))}                                                 | ${['duplicate']}
    ${'one metric with two limits'}                                    | ${service(slowResponses({ aboveSeconds: 1, id: 'slow' }), slowResponses({ aboveSeconds: 2, id: 'slower' }))} | ${[]}
    ${'a critical rule that takes half an hour'}                       | ${service(serviceDown({ for: '30 minutes' }))}                                                               | ${['fires-late']}
    ${'a high rule that takes half an hour'}                           | ${service(serviceDown({ for: '30 minutes', tier: 'high' }))}                                                 | ${[]}
    ${'a critical rule without an action'}                             | ${service(modelNotLoaded({ actions: [] }))}                                                                  | ${['nobody-does']}
  `('$sentence: $found', ({ change, found }) => {
    expect(lintRules(aDocument(change)).map(({ code }) => code)).toEqual(found);
  });

  it('says once, of the first target, that a rule on many of them costs much', () => {
    const fleet = (count: number, cost = {}) =>
      lintRules(aDocument({ services: servicesNamed(Array.from({ length: count }, (_, i) => `shop-${i}`)), cost }));
    expect(fleet(1000)).toEqual([]);
    expect(fleet(1001)).toEqual([
      {
        code: 'costs-much',
        rule: 'shop-0/service-down',
        says: 'stands on 1001 targets, each with an alarm of its own: 100.10 USD a month. Publish the worst of them as one metric and watch that, or accept the price',
      },
    ]);
    expect(fleet(1001, { prices: { alarm: 0.01 } })).toEqual([]);
  });

  it('says what will happen and how to mend it', () => {
    expect(lintRules(aDocument(service(slowResponses({ aboveSeconds: 6 }))))).toEqual([
      {
        code: 'never-fires',
        rule: 'classifier/slow-responses',
        says: 'can never fire: ResponseSeconds is never above 5.001 here, and the limit is 6 s. Move the threshold inside',
      },
    ]);
  });

  it('takes what is meant so, with its reason, and nothing else', () => {
    const accepts = { 'fires-late': 'the batch behind it may take half an hour' };
    expect(lintRules(aDocument(service(serviceDown({ for: '30 minutes', accepts }))))).toEqual([]);
    expect(lintRules(aDocument(service(serviceDown({ for: '30 minutes', accepts, actions: [] }))))).toHaveLength(1);
  });

  it('looks at a longer timeout', () => {
    const checks = [health({ every: '1 minute', timeout: '10 seconds' })];
    const services = {
      classifier: { ...aDefinition().services!['classifier']!, checks, rules: [slowResponses({ aboveSeconds: 6 })] },
    };
    expect(lintRules(aDocument({ services }))).toEqual([]);
  });
});
