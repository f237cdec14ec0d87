import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { writeYaml } from '../../cli/write-yaml.ts';
import { emailMessage } from '../../core/channels/email/message.ts';
import type { Definition } from '../../core/definition/definition.ts';
import { ConfigError } from '../../core/definition/problem.ts';
import type { RuleInput } from '../../core/rules/rule.ts';
import { accuracyLow, confidenceLow, driftDetected, errorRateHigh, health, rule } from '../../index.ts';
import { alertmanagerConfig } from '../../tools/export/alertmanager.ts';
import { prometheusRules } from '../../tools/export/prometheus-rules.ts';
import { lintRules } from '../../tools/lint/lint-rules.ts';
import { aDefinition, aDocument } from '../support/a-document.ts';
import { aNotification } from '../support/a-notification.ts';
import { inFolder } from './in-folder.ts';
import { run } from './tools.ts';

// Faults that rules written by hand really had. Each time: an expression of our own with the same fault, which the tool
// shows to misbehave; a rule of ours over the same events, which does not; and what would have told its author.

type Samples = Record<string, string>;

/** Which alerts fire in promtool after so many minutes, with the summaries that people would read. */
function firing(rules: string, series: Samples, minutes: number): { summary: string | undefined }[] {
  const tests = {
    rule_files: ['rules.yml'],
    evaluation_interval: '1m',
    tests: [
      {
        interval: '1m',
        input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
        alert_rule_test: [
          { alertname: 'Fault', eval_time: `${minutes}m`, exp_alerts: [{ exp_labels: { not: 'this' } }] },
        ],
      },
    ],
  };
  const { err, out } = inFolder({ 'rules.yml': rules, 'tests.yml': writeYaml(tests) }, (folder) =>
    run('promtool', ['test', 'rules', 'tests.yml'], folder),
  );
  const got = /got:\[(.*)\]/s.exec(err)?.[1];
  if (got === undefined) throw new Error(`promtool did not judge:\n${out}${err}`);
  return [...got.matchAll(/Labels:.*\n\s+Annotations:\{(?:.*?summary="([^"]*)")?/g)].map(([, summary]) => ({
    summary,
  }));
}

/** A rule as somebody writes it by hand. */
const byHand = (expr: string, summary = 'by hand') =>
  writeYaml({ groups: [{ name: 'by-hand', rules: [{ alert: 'Fault', expr, annotations: { summary } }] }] });

const serviceWith = (said: RuleInput): NonNullable<Definition['services']> => ({
  api: { url: 'https://api.example.com', checks: [health({ every: '1 minute' })], rules: [said] },
});
/** A rule of ours, exported. Its id makes it the alert that is asked for. */
const ours = (said: RuleInput) =>
  writeYaml(
    prometheusRules(aDocument({ services: serviceWith({ ...said, id: 'fault' }), batchJobs: {}, volumes: {} })),
  );

const throughputLow = (of: Partial<Extract<RuleInput, { type: 'metric' }>> = {}): RuleInput =>
  rule({
    id: 'throughput-low',
    tier: 'high',
    metric: 'Requests',
    statistic: 'Sum',
    comparison: 'below',
    threshold: 60,
    for: '5 minutes',
    missingData: 'breaching',
    summary: 'Too few requests',
    description: '{{target}} answers {{value}} requests a minute.',
    actions: ['Look at what stands before it.'],
    runbook: { because: 'a test' },
    ...of,
  });
const problemsOf = (said: RuleInput): string => {
  try {
    return JSON.stringify(lintRules(aDocument({ services: serviceWith(said) })));
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
};

describe('a share of errors whose both sides keep the label that tells errors apart', () => {
  const traffic = {
    'calls_total{outcome="fine"}': '0+5994x60',
    'calls_total{outcome="broken"}': '0+6x60',
    'api_error_percent{service="api"}': '0.1x60',
  };
  it('divides the errors by themselves: it fires at one in a thousand', () => {
    const faulty = 'rate(calls_total{outcome="broken"}[5m]) / rate(calls_total[5m]) > 0.02';
    expect(firing(byHand(faulty), traffic, 30)).toHaveLength(1);
  });
  it('cannot be written on a metric of ours, which is the share already: it stays quiet, and fires at six percent', () => {
    expect(firing(ours(errorRateHigh()), traffic, 30)).toEqual([]);
    expect(firing(ours(errorRateHigh()), { 'api_error_percent{service="api"}': '6x60' }, 30)).toHaveLength(1);
  });
});

describe('a least throughput that is asked of each set of labels by itself', () => {
  const faulty = 'rate(calls_total[5m]) < 1';
  const busy = { 'calls_total{outcome="fine"}': '0+6000x60', 'calls_total{outcome="broken"}': '0+6x60' };
  const gone = { 'calls_total{outcome="fine"}': '0+6000x10 _x50', 'calls_total{outcome="broken"}': '0+6x10 _x50' };
  it('fires for the rare outcome of a busy service, and says nothing when all is gone', () => {
    expect(firing(byHand(faulty), busy, 30)).toHaveLength(1);
    expect(firing(byHand(faulty), gone, 40)).toEqual([]);
  });
  it('is asked of the target by a rule of ours, and silence is no health', () => {
    const counted = (values: string) => ({ 'api_requests_total{service="api"}': values });
    expect(firing(ours(throughputLow()), counted('0+6000x60'), 30)).toEqual([]);
    expect(firing(ours(throughputLow()), counted('0+6000x10 _x50'), 40)).toHaveLength(1);
  });
  it('is named by the lint where silence would count as health', () => {
    expect(problemsOf(throughputLow({ missingData: 'notBreaching' }))).toContain('missing-data-hides-failure');
  });
});

describe('a rule on the bare name of a histogram', () => {
  const histogram = {
    'answer_certainty_bucket{le="0.5"}': '0+10x60',
    'answer_certainty_bucket{le="+Inf"}': '0+10x60',
    answer_certainty_sum: '0+3x60',
    answer_certainty_count: '0+10x60',
  };
  it('never fires, fed with a mean of 0.3', () => {
    expect(firing(byHand('avg_over_time(answer_certainty[10m]) < 0.6'), histogram, 50)).toEqual([]);
  });
  it('is a rule on a mean that is published, with us: it fires', () => {
    const low = { 'model_confidence_percent{service="api"}': '30x60' };
    expect(firing(ours(confidenceLow({ belowPercent: 60 })), low, 50)).toHaveLength(1);
  });
});

describe('a rule on a metric that nobody emits', () => {
  it('never fires', () => {
    expect(firing(byHand('input_drift > 0.3'), { 'drift{model="a"}': '0.9x60' }, 50)).toEqual([]);
  });
  it('does not pass our door, which says what there is', () => {
    expect(problemsOf(throughputLow({ metric: 'InputDrift' }))).toMatch(
      /"InputDrift" is not a known metric; declare it/,
    );
  });
  it('fires on the metric that there is', () => {
    expect(problemsOf(driftDetected())).not.toContain('nobody emits');
    const drifts = { 'model_drift_score{service="api"}': '0.9x120' };
    expect(firing(ours(driftDetected()), drifts, 60)).toHaveLength(1);
  });
});

describe('a text that names a label which the series has not', () => {
  const poor = { 'quality{model="faces"}': '0.5x60', 'model_accuracy_percent{service="api"}': '50x60' };
  it('leaves a hole where the name should be', () => {
    const faulty = byHand('quality < 0.7', '{{ $labels.model_id }} is at {{ $value }}');
    expect(firing(faulty, poor, 30)).toEqual([{ summary: ' is at 0.5' }]);
  });
  it('does not pass the validation, which says what a text may name', () => {
    expect(problemsOf(accuracyLow({ summary: '{{model_id}} is poor' } as never))).toMatch(
      /"{{model_id}}" is not a placeholder; use one of/,
    );
  });
  it('is filled in by us: the target is known before anything fires', () => {
    const said = accuracyLow({ belowPercent: 70, for: '1 hour' });
    expect(firing(ours(said), poor, 30)).toEqual([{ summary: expect.stringMatching(/^api - \S/) }]);
  });
});

/** What amtool says of a routing file. */
const checked = (config: string) =>
  inFolder({ 'alertmanager.yml': config }, (folder) => run('amtool', ['check-config', 'alertmanager.yml'], folder));
const routed = (config: string, ...labels: string[]) =>
  inFolder({ 'alertmanager.yml': config }, (folder) =>
    run('amtool', ['config', 'routes', 'test', '--config.file=alertmanager.yml', ...labels], folder),
  ).out.trim();
const exported = writeYaml(alertmanagerConfig(aDocument(), { smarthost: 'relay:25', secrets: '/run/secrets' }));

describe('mail without a relay to send it', () => {
  it('is refused by amtool, and would have told nobody', () => {
    const faulty = {
      route: { receiver: 'crew' },
      receivers: [{ name: 'crew', email_configs: [{ to: 'crew@example.com' }] }],
    };
    const { exitCode, out, err } = checked(writeYaml(faulty));
    expect([exitCode, out + err]).toEqual([1, expect.stringContaining('no global SMTP smarthost set')]);
  });
  it('is not exported by us: amtool takes the file', () => {
    expect(checked(exported).exitCode).toBe(0);
  });
});

describe('a route that takes the worst alerts away from the channels that people read', () => {
  const faulty = writeYaml({
    route: {
      receiver: 'mail',
      routes: [
        // The author thought that the next routes, or the default, would have it as well.
        { matchers: ['severity="critical"'], receiver: 'pager', continue: true },
        { matchers: ['severity="minor"'], receiver: 'chat' },
      ],
    },
    receivers: [{ name: 'mail' }, { name: 'pager' }, { name: 'chat' }],
  });
  it('tells the pager alone', () => {
    expect(routed(faulty, 'severity=critical')).toBe('pager');
  });
  it('tells every channel that the config names for the tier, with us', () => {
    expect(routed(exported, 'severity=critical')).toBe(aDocument().routes.critical.join(','));
  });
});

describe('a routing file without a route', () => {
  it('is refused by amtool', () => {
    const { exitCode, out, err } = checked(writeYaml({ receivers: [{ name: 'crew' }] }));
    expect([exitCode, out + err]).toEqual([1, expect.stringContaining('no routes provided')]);
  });
  it('does not pass the validation: a tier that a rule needs must have one', () => {
    expect(() => aDocument({ ...aDefinition(), routes: {} })).toThrow(/has no recipients: tier critical has no route/);
  });
});

describe('a mail that the shell reads from whatever file matches', () => {
  const mails = (files: Record<string, string>) =>
    inFolder(files, (folder) => spawnSync('bash', ['-c', 'cat < summary_*.txt'], { cwd: folder, encoding: 'utf8' }));
  it('goes out on the first day, and on no other', () => {
    expect(mails({ 'summary_1.txt': 'all well' }).stdout).toBe('all well');
    const second = mails({ 'summary_1.txt': 'all well', 'summary_2.txt': 'not well' });
    expect([second.status, second.stderr]).toEqual([1, expect.stringContaining('ambiguous redirect')]);
  });
  it('is made from what it tells, with us, by no shell and from no file: a second one is like the first', () => {
    const [first, second] = ['inc-1', 'inc-2'].map((incident) => emailMessage(aNotification({ incident })));
    expect(first!.text).toContain('inc-1');
    expect(second!.text).toContain('inc-2');
  });
});
