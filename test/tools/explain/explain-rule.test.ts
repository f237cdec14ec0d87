import { describe, expect, it } from 'vitest';
import { watchedRules } from '../../../core/incidents/watched-rule.ts';
import { batchFailed, errorRateHigh, errorRateRising, memoryHigh, serviceDown } from '../../../index.ts';
import { explainRule } from '../../../tools/explain/explain-rule.ts';
import { aDefinition, aDocument } from '../../support/a-document.ts';

const document = aDocument({
  services: {
    classifier: {
      ...aDefinition().services!['classifier']!,
      dimensions: { CWAgent: { InstanceId: 'i-0' } },
      refresh: { mem_used_percent: '5 minutes' },
      rules: [
        errorRateHigh({ inhibits: ['error-rate-rising'], keepFiringFor: '10 minutes' }),
        errorRateRising({ channels: ['ml-alerts'] }),
        memoryHigh(),
        serviceDown(),
      ],
    },
  },
  batchJobs: { nightly: { rules: [batchFailed()] } },
});

/** What is said of a rule, by topic. */
const said = (id: string, topic: string) =>
  explainRule(document, watchedRules(document).find(({ rule }) => rule.id === id)!)
    .filter(([about]) => about === topic)
    .map(([, says]) => says);

describe('the explanation of a rule', () => {
  it.each`
    rule                   | topic                | says
    ${'error-rate-high'}   | ${'fires when'}      | ${['ErrorPercent (Average of 1 min) > 5 %, 2 of 2']}
    ${'error-rate-high'}   | ${'found as'}        | ${['Tocsin/shop/prod ErrorPercent Service=classifier']}
    ${'error-rate-high'}   | ${'at the earliest'} | ${['2 min after the first bad value, and up to a minute for the evaluation']}
    ${'error-rate-high'}   | ${'silences'}        | ${['error-rate-rising']}
    ${'error-rate-high'}   | ${'held open'}       | ${['10 min after recovery']}
    ${'error-rate-high'}   | ${'tells'}           | ${['ml-alerts (slack): the route of tier critical', 'ml-team (email): the route of tier critical']}
    ${'error-rate-rising'} | ${'silent while'}    | ${['error-rate-high has an open incident']}
    ${'error-rate-rising'} | ${'tells'}           | ${['ml-alerts (slack): the rule names its channels']}
    ${'error-rate-rising'} | ${'does not tell'}   | ${['ml-team (email): the rule names its channels and this is none of them; it hears of critical, high, medium']}
    ${'error-rate-high'}   | ${'new values'}      | ${['every 1 min']}
    ${'memory-high'}       | ${'new values'}      | ${['every 5 min, as the target states']}
    ${'memory-high'}       | ${'found as'}        | ${['CWAgent mem_used_percent InstanceId=i-0']}
    ${'memory-high'}       | ${'does not tell'}   | ${['ml-alerts (slack): the route of tier medium leaves it out; it hears of critical, high, info']}
    ${'memory-high'}       | ${'told again'}      | ${['every 1 h while it lasts']}
    ${'service-down'}      | ${'asks'}            | ${['https://classifier.example.com/health']}
    ${'memory-high'}       | ${'asks'}            | ${[]}
    ${'batch-failed'}      | ${'fires when'}      | ${['when batch run failed']}
    ${'batch-failed'}      | ${'no alarm'}        | ${['a run of nightly is news by itself: nothing is evaluated, nothing can be missing']}
    ${'batch-failed'}      | ${'told again'}      | ${['never']}
  `('$rule, $topic', ({ rule, topic, says }) => {
    expect(said(rule, topic)).toEqual(says);
  });

  it('names every channel of the config once: told, or not', () => {
    for (const { rule } of watchedRules(document))
      expect([...said(rule.id, 'tells'), ...said(rule.id, 'does not tell')]).toHaveLength(2);
  });

  it('shows the way from who publishes to the receipt', () => {
    expect(said('error-rate-high', 'path')).toEqual([
      'your own code → alarm shop/prod/service/classifier/error-rate-high → topic shop-prod-critical → queue → alert-router → outbox → topic notifications → a queue a channel → notifier → receipt',
    ]);
    expect(said('batch-failed', 'path')[0]).toMatch(/^nightly reports a run → event bus shop-prod → run-ingest → /);
  });
});
