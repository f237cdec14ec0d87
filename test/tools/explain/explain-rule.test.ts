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

/** The lines of an explanation with a topic. */
const explained = (id: string, topic: string) =>
  explainRule(document, watchedRules(document).find(({ rule }) => rule.id === id)!)
    .filter(([about]) => about === topic)
    .map(([, text]) => text);

describe('the explanation of a rule', () => {
  it.each`
    rule                   | topic                      | text
    ${'error-rate-high'}   | ${'fires when'}            | ${['ErrorPercent (Average of 1 min) > 5 %, 2 of 2']}
    ${'error-rate-high'}   | ${'CloudWatch metric'}     | ${['Tocsin/shop/prod ErrorPercent Service=classifier']}
    ${'error-rate-high'}   | ${'fires at the earliest'} | ${['2 min after the first breaching value, plus up to one minute for the evaluation']}
    ${'error-rate-high'}   | ${'inhibits'}              | ${['error-rate-rising']}
    ${'error-rate-high'}   | ${'kept open'}             | ${['10 min after recovery']}
    ${'error-rate-high'}   | ${'notifies'}              | ${['ml-alerts (slack): route of tier critical', 'ml-team (email): route of tier critical']}
    ${'error-rate-rising'} | ${'inhibited while'}       | ${['error-rate-high has an open incident']}
    ${'error-rate-rising'} | ${'notifies'}              | ${['ml-alerts (slack): channels of the rule']}
    ${'error-rate-rising'} | ${'does not notify'}       | ${['ml-team (email): not in the channels of the rule; it is in the route of critical, high, medium']}
    ${'error-rate-high'}   | ${'refresh'}               | ${['every 1 min']}
    ${'memory-high'}       | ${'refresh'}               | ${['every 5 min (refresh of the target)']}
    ${'memory-high'}       | ${'CloudWatch metric'}     | ${['CWAgent mem_used_percent InstanceId=i-0']}
    ${'memory-high'}       | ${'does not notify'}       | ${['ml-alerts (slack): not in the route of tier medium; it is in the route of critical, high, info']}
    ${'memory-high'}       | ${'reminders'}             | ${['every 1 h while the incident is open']}
    ${'service-down'}      | ${'requests'}              | ${['https://classifier.example.com/health']}
    ${'memory-high'}       | ${'requests'}              | ${[]}
    ${'batch-failed'}      | ${'fires when'}            | ${['when batch run failed']}
    ${'batch-failed'}      | ${'no alarm'}              | ${['each run of nightly is an event: no metric is evaluated, and no data can be missing']}
    ${'batch-failed'}      | ${'reminders'}             | ${['never']}
  `('$rule, $topic', ({ rule, topic, text }) => {
    expect(explained(rule, topic)).toEqual(text);
  });

  it('has one line for every channel of the config: notified or not', () => {
    for (const { rule } of watchedRules(document))
      expect([...explained(rule.id, 'notifies'), ...explained(rule.id, 'does not notify')]).toHaveLength(2);
  });

  it('shows the path from the publisher to the receipt', () => {
    expect(explained('error-rate-high', 'path')).toEqual([
      'your code → alarm shop/prod/service/classifier/error-rate-high → topic shop-prod-critical → queue → alert-router → outbox → topic notifications → a queue per channel → notifier → receipt',
    ]);
    expect(explained('batch-failed', 'path')[0]).toMatch(
      /^nightly reports a run → event bus shop-prod → run-ingest → /,
    );
  });
});
