import { dirname, join } from 'node:path/posix';
import { describe, expect, it } from 'vitest';
import { parseDefinition } from '../../../catalog/parse-definition.ts';
import { shippedBodies } from '../../../cli/commands/docs.ts';
import type { Definition } from '../../../core/definition/definition.ts';
import {
  batchSucceeded,
  errorRateHigh,
  errorRateRising,
  health,
  rule,
  serviceDown,
  slowResponses,
} from '../../../index.ts';
import { deploymentPages } from '../../../tools/pages/deployment-pages.ts';
import { wholePage } from '../../../tools/pages/generated-part.ts';

const of = { checks: [health({ every: '1 minute' })] };
const definition: Definition = {
  name: 'shop',
  stages: { prod: {} },
  operators: ['ops@example.com'],
  channels: {
    alerts: { channel: 'email', from: 'a@example.com', to: ['b@example.com'] },
    team: { channel: 'email', from: 'a@example.com', to: ['c@example.com'] },
  },
  routes: { critical: ['alerts', 'team'], high: ['alerts'], medium: ['team'], info: ['team'] },
  metrics: {
    QueueWait: { unit: 'Seconds', definition: 'How long a request waits.', calculation: 'One value a request.' },
  },
  services: {
    classifier: {
      ...of,
      url: 'https://classifier.example.com',
      rules: [
        serviceDown({ for: '4 minutes', owner: 'team search' }),
        errorRateHigh({ inhibits: ['error-rate-rising'] }),
        errorRateRising({ channels: ['team'] }),
        slowResponses({ actions: ['Ask | the owner of {{target}}.'] }),
        rule({
          id: 'queue-wait-long',
          tier: 'high',
          metric: 'QueueWait',
          statistic: 'p95',
          comparison: 'above',
          threshold: 2,
          for: '5 minutes',
          missingData: 'missing',
          summary: 'Requests to {{target}} wait',
          description: 'Long.',
          runbook: 'search/queue-wait-long',
        }),
      ],
    },
    grader: {
      ...of,
      url: 'https://grader.example.com',
      refresh: { ErrorPercent: '5 minutes' },
      rules: [serviceDown(), slowResponses(), errorRateHigh({ runbook: 'https://wiki.example.com/errors' })],
    },
  },
  batchJobs: { nightly: { rules: [batchSucceeded()] } },
};

const document = parseDefinition(definition, { world: 'aws' });
const pagesFor = (region?: string) =>
  new Map(deploymentPages(document, { region, shipped: shippedBodies() }).map((page) => [page.path, wholePage(page)]));
const pages = pagesFor();
const page = (path: string) => pages.get(path) ?? '';

describe('the pages of a deployment', () => {
  it('are one for each rule with a page, one for operators, an index and a glossary', () => {
    const rules = ['service-down', 'error-rate-high', 'error-rate-rising', 'slow-responses', 'search/queue-wait-long'];
    expect([...pages.keys()]).toEqual([
      ...[...rules, 'pipeline', 'README'].map((name) => `runbooks/${name}.md`),
      'metrics.md',
    ]);
  });

  it('show the alarms, with their thresholds, channels and owners', () => {
    expect(page('runbooks/service-down.md')).toMatch(/^# service-down\n/);
    expect(page('runbooks/service-down.md')).toMatch(
      /^\| `shop\/prod\/service\/classifier\/service-down` \| critical \| .*4 of 4.* \| alerts \(email\), team \(email\) \| every 1 h \| team search \|$/m,
    );
    expect(page('runbooks/service-down.md')).toMatch(/^\| `shop\/prod\/service\/grader\/.*3 of 3.* – \|$/m);
    expect(page('runbooks/error-rate-rising.md')).toMatch(/\| team \(email\) \|/);
  });

  it('show whom to call: the owner of a critical rule, or else the operators', () => {
    expect(page('runbooks/service-down.md')).toContain(
      '- **Call** for classifier: team search\n- **Call** for grader: ops@example.com',
    );
    expect(page('runbooks/slow-responses.md')).not.toContain('**Call**');
  });

  it('show which rule inhibits which', () => {
    expect(page('runbooks/error-rate-high.md')).toContain('**Inhibits** `error-rate-rising` of classifier');
    expect(page('runbooks/error-rate-rising.md')).toContain('**Inhibited by** `error-rate-high` of classifier');
  });

  it('show the actions rule by rule if they differ', () => {
    expect(page('runbooks/slow-responses.md')).toContain(
      'For classifier/slow-responses:\n\n1. Ask | the owner of `<target>`.',
    );
    expect(page('runbooks/slow-responses.md')).toContain('For grader/slow-responses:\n\n1. Compare request volume');
    expect(page('runbooks/error-rate-rising.md')).toContain('Actions in its messages:\n\n1. Read the error log');
  });

  it.each([
    ['eu-west-1', 'https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1'],
    ['cn-north-1', 'https://cn-north-1.console.amazonaws.cn/cloudwatch/home?region=cn-north-1'],
    ['us-gov-west-1', 'https://us-gov-west-1.console.amazonaws-us-gov.com/cloudwatch/home?region=us-gov-west-1'],
  ])('link to the alarm in the console of %s', (region, home) => {
    const alarm = `[\`shop/prod/service/grader/service-down\`](${home}#alarmsV2:alarm/shop%2Fprod%2Fservice%2Fgrader%2Fservice-down)`;
    expect(pagesFor(region).get('runbooks/service-down.md')).toContain(alarm);
  });

  it('keep the body that Tocsin provides, with the names of the deployment in its commands', () => {
    expect(page('runbooks/service-down.md')).toContain('tocsin history failed --days 1 --stack shop-prod-state');
    expect(page('runbooks/pipeline.md')).toContain('`shop/prod/pipeline/…`');
    expect(page('runbooks/pipeline.md')).toContain('`shop/prod/check/health-60s-0/not-completed`');
  });

  it('have a template for the body if Tocsin provides none', () => {
    expect(page('runbooks/search/queue-wait-long.md')).toMatch(
      /## Meaning[^#]*## What to check[^#]*## Actions[^#]*## Esc/,
    );
  });

  it('have no broken link and no unfilled placeholder', () => {
    const broken = [...pages].flatMap(([path, text]) =>
      [...text.matchAll(/\]\(([^)\s#]+)/g)]
        .map(([, to]) => to!)
        .filter((to) => !/^https?:/.test(to) && !pages.has(join(dirname(path), to)))
        .map((to) => `${path} → ${to}`),
    );
    expect(broken).toEqual([]);
    for (const [path, text] of pages) expect(text, path).not.toMatch(/<name>|\{\{|undefined|unknown/);
  });

  it('have an index that gives the reason for a missing page, or its URL', () => {
    expect(page('runbooks/README.md')).toContain('- `nightly/batch-succeeded` has no page: no action is required');
    expect(page('runbooks/README.md')).toContain('`grader/error-rate-high` has an external page: <https://wiki.');
    expect(page('runbooks/README.md')).toContain('| Requests to `<target>` wait | classifier |');
  });

  it('have a glossary of the metrics of the config, its own metrics first, with the rules that use them', () => {
    const headings = [...page('metrics.md').matchAll(/^### (.+)$/gm)].map(([, name]) => name);
    expect(headings[0]).toBe('QueueWait');
    expect(headings).toEqual(expect.arrayContaining(['ServiceUp', 'ErrorPercent', 'HoursOverdue', 'CheckCompleted']));
    for (const foreign of ['FreeGigabytes', 'TrainingLoss', 'Requests']) expect(headings).not.toContain(foreign);
    expect(page('metrics.md')).toContain('`queue_wait_seconds` in Prometheus');
    expect(page('metrics.md')).toContain('**Refresh:** every minute; every 5 min on grader');
    expect(page('metrics.md')).toContain(
      '**Used by:** [service-down](runbooks/service-down.md) (`classifier`, `grader`)',
    );
  });
});
