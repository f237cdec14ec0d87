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
  it('has a route for each tier, and a receiver for each channel that hears of one', () => {
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

  it('names the file of a secret and never writes one, also where the config may', () => {
    const channels = {
      'ml-alerts': slack({ webhook: 'http://127.0.0.1:1234/hook/s3cr3t' }),
      'ml-team': email({ from: 'a@example.com', to: ['b@example.com'], smtp: 'smtp://user:s3cr3t@127.0.0.1:25' }),
      pager: slack({ webhook: secret('ssm:/tocsin/pager') }),
    };
    const routes = { critical: ['ml-alerts', 'ml-team'], high: ['pager'], medium: ['pager'], info: ['pager'] };
    const said = text({ channels, routes });
    expect(said).not.toContain('s3cr3t');
    expect([...said.matchAll(/api_url_file: (\S+)/g)].map(([, file]) => file)).toEqual([
      '/run/secrets/tocsin_pager',
      '/run/secrets/ml_alerts',
    ]);
  });

  it('leaves out a channel that nobody tells, and says so', () => {
    const routes = { critical: ['ml-alerts'], high: ['ml-alerts'], medium: ['ml-alerts'], info: ['ml-alerts'] };
    expect(text({ routes })).toContain('no rule and no tier tells them: ml-team.');
    expect(config({ routes }).receivers.map(({ name }: { name: string }) => name)).toEqual([
      'ml-alerts',
      'tocsin-operators',
    ]);
  });

  it('tells nobody of a check that did not complete where there are no operators', () => {
    const { receivers } = config({ operators: because('a toy') });
    expect(receivers.at(-1)).toEqual({ name: 'tocsin-operators' });
  });
});
