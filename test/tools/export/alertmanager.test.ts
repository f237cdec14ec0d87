import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { writeYaml } from '../../../cli/write-yaml.ts';
import type { Definition } from '../../../core/definition/definition.ts';
import type { MetricRuleOptions } from '../../../core/rules/rule.ts';
import { because, email, health, modelNotLoaded, secret, serviceDown, slack } from '../../../index.ts';
import { alertmanagerConfig } from '../../../tools/export/alertmanager.ts';
import { aDocument } from '../../support/a-document.ts';

// That alerts go where ours go is for amtool to say: test/prometheus/routes.acceptance.ts.

const means = { smarthost: 'relay:25', secrets: '/run/secrets' };
const text = (of: Partial<Definition> = {}) => writeYaml(alertmanagerConfig(aDocument(of), means));
const config = (of: Partial<Definition> = {}) => parse(text(of));

const withDown = (options: MetricRuleOptions): Partial<Definition> => ({
  services: {
    'classifier.eu': {
      url: 'https://c.example.com',
      checks: [health({ every: '1 minute' })],
      rules: [serviceDown(options), modelNotLoaded()],
    },
  },
  batchJobs: {},
  volumes: {},
});

describe('a routing file for Alertmanager', () => {
  it('has a route for each tier, and a receiver for each channel of a route', () => {
    const { route, receivers } = config(withDown({}));
    expect(route.routes.slice(0, 4).map(({ matchers }: { matchers: string[] }) => matchers)).toEqual([
      ['severity="critical"'],
      ['severity="high"'],
      ['severity="medium"'],
      ['severity="info"'],
    ]);
    expect(receivers.map(({ name }: { name: string }) => name)).toEqual(['ml-alerts', 'ml-team', 'tocsin-operators']);
  });

  it.each<[string, MetricRuleOptions, object]>([
    ['channels of its own', { channels: ['ml-team'] }, { receiver: 'ml-team' }],
    [
      'reminders of its own',
      { remindEvery: '12 hours', channels: ['ml-team'] },
      { receiver: 'ml-team', repeat_interval: '12h' },
    ],
    ['no reminders', { remindEvery: 'never', channels: ['ml-team'] }, { receiver: 'ml-team', repeat_interval: '365d' }],
  ])('puts a rule with %s before its tier', (_, options, says) => {
    expect(config(withDown(options)).route.routes[0]).toEqual({
      matchers: ['alarm=~"shop/prod/service/classifier[.]eu/service-down"'],
      ...says,
    });
  });

  it('lets a rule inhibit others of its target', () => {
    expect(config(withDown({ inhibits: ['model-not-loaded'] })).inhibit_rules).toEqual([
      {
        source_matchers: ['alarm="shop/prod/service/classifier.eu/service-down"'],
        target_matchers: ['rule=~"model-not-loaded"'],
        equal: ['deployment', 'stage', 'kind', 'target'],
      },
    ]);
  });

  it('has the file name of a secret, and never a secret', () => {
    const channels = {
      'ml-alerts': slack({ webhook: 'http://127.0.0.1:1234/hook/s3cr3t' }),
      'ml-team': email({ from: 'a@example.com', to: ['b@example.com'], smtp: 'smtp://user:s3cr3t@127.0.0.1:25' }),
      pager: slack({ webhook: secret('ssm:/tocsin/pager') }),
    };
    const routes = { critical: ['ml-alerts', 'ml-team'], high: ['pager'], medium: ['pager'], info: ['pager'] };
    const exported = text({ channels, routes });
    expect(exported).not.toContain('s3cr3t');
    expect([...exported.matchAll(/api_url_file: (\S+)/g)].map(([, file]) => file)).toEqual([
      '/run/secrets/tocsin_pager',
      '/run/secrets/ml_alerts',
    ]);
  });

  it('leaves out a channel that nothing uses, with a comment', () => {
    const routes = { critical: ['ml-alerts'], high: ['ml-alerts'], medium: ['ml-alerts'], info: ['ml-alerts'] };
    expect(text({ routes })).toContain('no rule and no tier uses them: ml-team.');
    expect(config({ routes }).receivers.map(({ name }: { name: string }) => name)).toEqual([
      'ml-alerts',
      'tocsin-operators',
    ]);
  });

  it('notifies nobody of a check that did not complete if there are no operators', () => {
    const { receivers } = config({ operators: because('a toy') });
    expect(receivers.at(-1)).toEqual({ name: 'tocsin-operators' });
  });
});
