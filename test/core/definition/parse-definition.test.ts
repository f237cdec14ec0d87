import { describe, expect, it } from 'vitest';
import { metrics } from '../../../catalog/metrics/catalogue.ts';
import { parseDefinition } from '../../../catalog/parse-definition.ts';
import { alarmsOf } from '../../../core/alarms/alarm.ts';
import type { Definition } from '../../../core/definition/definition.ts';
import { ConfigError } from '../../../core/definition/problem.ts';
import {
  batchFailed,
  batchMissing,
  because,
  diskSpaceLow,
  email,
  health,
  localDisk,
  rule,
  serviceDown,
  slack,
  slowResponses,
} from '../../../index.ts';
import { aDefinition, aDocument } from '../../support/a-document.ts';

const problemsIn = (definition: unknown, world: 'aws' | 'laptop' = 'laptop', stage?: string): string[] => {
  try {
    parseDefinition(definition, { world, stage });
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.message
      .split('\n')
      .slice(1)
      .map((line) => line.trim());
  }
};

const job = (of: object) => ({ batchJobs: { nightly: { schedule: '0 2 * * *', rules: [batchMissing()], ...of } } });
const service = (of: object = {}) => ({
  services: { classifier: { ...aDefinition().services!['classifier']!, ...of } },
});
const nightly = (of: object = {}) => ({ batchJobs: { nightly: { ...aDefinition().batchJobs!['nightly']!, ...of } } });
/** A custom rule on a metric of the application. */
const own = (of: Partial<Parameters<typeof rule>[0]> = {}) =>
  rule({
    id: 'own',
    tier: 'high',
    metric: 'ErrorPercent',
    statistic: 'Average',
    comparison: 'above',
    threshold: 5,
    for: '5 minutes',
    missingData: 'missing',
    summary: 'Own',
    description: '',
    runbook: because('a test'),
    ...of,
  });
const queueDepth = { unit: 'Count', definition: 'Waiting requests.', calculation: 'Counted each minute.' } as const;

describe('an invalid config is reported with the path, the received value and the fix', () => {
  it.each`
    sentence                                            | change                                                                                                         | problem
    ${'an unknown key'}                                 | ${{ servces: {} }}                                                                                             | ${'servces: is not a known key; did you mean services? Use one of: name, timeZone, stages, operators, runbooks, tags, channels, routes, metrics, cost, network, services, batchJobs, volumes'}
    ${'an unknown key of a target'}                     | ${service({ checkz: [] })}                                                                                     | ${'services.classifier.checkz: is not a known key; did you mean checks?'}
    ${'an unknown key of a check'}                      | ${service({ checks: [{ ...health({ every: '1 minute' }), evry: 1 }] })}                                        | ${'services.classifier.checks[0].evry: is not a known key; did you mean every?'}
    ${'an unknown check'}                               | ${service({ checks: [{ check: 'helth', every: '1 minute' }] })}                                                | ${'services.classifier.checks[0].check: "helth" is not a check type; did you mean "health"? Use one of: "batch", "disk", "health"'}
    ${'a URL without scheme'}                           | ${service({ url: 'classifier.example.com' })}                                                                  | ${'services.classifier.url: "classifier.example.com" has no scheme; write https://classifier.example.com'}
    ${'a missing name'}                                 | ${{ name: undefined }}                                                                                         | ${'name: is required'}
    ${'a name in capitals'}                             | ${{ name: 'Shop' }}                                                                                            | ${'name: "Shop" is not a valid deployment name; start with a lowercase letter and use up to 30 lowercase letters, digits and hyphens'}
    ${'missing operators'}                              | ${{ operators: undefined }}                                                                                    | ${"operators: is required; list the people to notify when the pipeline itself fails, or write because('…')"}
    ${'an empty list of operators'}                     | ${{ operators: [] }}                                                                                           | ${"operators: [] has no email addresses; add one or write because('…')"}
    ${'an operator that is not an email address'}       | ${{ operators: ['ops'] }}                                                                                      | ${'operators[0]: "ops" is not an email address'}
    ${'a time zone that does not exist'}                | ${{ timeZone: 'Europe/Berln' }}                                                                                | ${"timeZone: \"Europe/Berln\" is not an IANA time zone; use a name such as 'Europe/Berlin' or 'UTC'"}
    ${'a cron expression with six fields'}              | ${nightly({ schedule: '0 0 2 * * *' })}                                                                        | ${'batchJobs.nightly.schedule: "0 0 2 * * *" is not a valid cron expression: it must have five fields (minute hour day month weekday)'}
    ${'a route to an unknown channel'}                  | ${{ routes: { ...aDefinition().routes, info: ['ml-alert'] } }}                                                 | ${'routes.info: "ml-alert" is not a configured channel; did you mean ml-alerts? Use one of: ml-alerts, ml-team'}
    ${'a route of an unknown tier'}                     | ${{ routes: { ...aDefinition().routes, urgent: [] } }}                                                         | ${'routes.urgent: is not a known key; remove it or correct its spelling'}
    ${'a rule without recipients'}                      | ${{ ...service({ rules: [serviceDown()] }), routes: { ...aDefinition().routes, critical: [] } }}               | ${'services.classifier.rules[0]: "service-down" has no recipients: tier critical has no route; add routes.critical, or channels to the rule'}
    ${'a rule with an unknown channel'}                 | ${service({ rules: [serviceDown({ channels: ['pager'] })] })}                                                  | ${'services.classifier.rules[0].channels: "pager" is not a configured channel; use one of: ml-alerts, ml-team'}
    ${'two rules with one id'}                          | ${service({ rules: [serviceDown(), slowResponses({ aboveSeconds: 2 }), slowResponses({ aboveSeconds: 5 })] })} | ${'services.classifier.rules[2].id: "slow-responses" is the id of another rule of this target; give one of them another id, as in { id: \'slow-responses-2\' }'}
    ${'a target without rules'}                         | ${service({ rules: [] })}                                                                                      | ${"services.classifier.rules: [] has no rule; add one or write because('…')"}
    ${'a target with missing rules'}                    | ${service({ rules: undefined })}                                                                               | ${"services.classifier.rules: is required; add one or write because('…')"}
    ${'a service without checks'}                       | ${service({ checks: [] })}                                                                                     | ${'services.classifier.checks: [] has no check; add one'}
    ${'a rule on an unknown metric'} | ${service({ rules: [{ ...serviceDown(), metric: 'ServiceUpp' }] })} | ${`services.classifier.rules[0].metric: "ServiceUpp" is not a known metric; did you mean ServiceUp? Or declare it in metrics: { ServiceUpp: … }, or use one of the metrics of a service: ${metrics
  .filter(({ of }) => of === 'service')
  .map(({ name }) => name)
  .join(', ')}`}
    ${'a rule on the metric of another kind of target'} | ${service({ rules: [batchMissing()] })}                                                                        | ${'services.classifier.rules[0].metric: "HoursSinceLastRun" is not emitted for this target: it has no batch check'}
    ${'a schedule that never matches'}                  | ${job({ schedule: '0 2 30 2 *' })}                                                                             | ${'batchJobs.nightly.schedule: "0 2 30 2 *" is not a valid cron expression: it never matches: there is no such day'}
    ${'an invalid time zone of a schedule'}             | ${job({ timeZone: 'Berlin' })}                                                                                 | ${"batchJobs.nightly.timeZone: \"Berlin\" is not an IANA time zone; use a name such as 'Europe/Berlin' or 'UTC'"}
    ${'a grace without a schedule'}                     | ${job({ schedule: undefined, rules: [batchMissing({ grace: '2 hours' })] })}                                   | ${'batchJobs.nightly.rules[0].metric: "HoursOverdue" is measured only for jobs with a schedule; add schedule: \'0 2 * * *\', or write batchMissing({ afterHours: 26 })'}
    ${'an invalid grace'}                               | ${job({ rules: [batchMissing({ grace: 'an hour' as never })] })}                                               | ${'batchJobs.nightly.rules[0].threshold: "an hour" is not a number'}
    ${'an event rule on a service'}                     | ${service({ rules: [batchFailed()] })}                                                                         | ${'services.classifier.rules[0]: "batch-failed" waits for batch runs, and a service has none; use it on a batch job'}
    ${'a check of another kind of target'}              | ${service({ checks: [{ check: 'disk', every: '1 minute' }], rules: because('none') })}                         | ${'services.classifier.checks[0]: "disk" does not observe a service; it is a check of a volume'}
    ${'an invalid duration'}                            | ${service({ checks: [health({ every: '1 minit' as never })] })}                                                | ${"services.classifier.checks[0].every: \"1 minit\" is not a duration; write a number and a unit, as in '30 seconds', '5 minutes' or '1 day'"}
    ${'a period below the interval of the check'}       | ${service({ rules: [serviceDown({ for: '1 minute', period: '30 seconds' })] })}                                | ${'services.classifier.rules[0].period: "30 seconds" is shorter than the 60 seconds between two runs of the health check: most datapoints would be missing'}
    ${'a period below the refresh of a metric'}         | ${service({ rules: [own({ metric: 'AccuracyPercent', period: '1 minute' })] })}                                | ${'services.classifier.rules[0].period: "60 seconds" is shorter than the 3600 seconds between two values of AccuracyPercent: most datapoints would be missing. If it has values more often, state it on the target: refresh: { AccuracyPercent: \'1 minute\' }'}
    ${'a metric of the agent without its dimensions'}   | ${service({ rules: [own({ metric: 'mem_used_percent' })] })}                                                   | ${'services.classifier.rules[0].metric: "mem_used_percent" is published in the namespace CWAgent; add its dimensions to the target, as in dimensions: { CWAgent: { InstanceId: \'…\' } }. This lists them: aws cloudwatch list-metrics --metric-name mem_used_percent'}
    ${'a metric of a batch job on a service'}           | ${service({ rules: [own({ metric: 'TrainingLoss' })] })}                                                       | ${'services.classifier.rules[0].metric: "TrainingLoss" is a metric of a batch job, but this is a service'}
    ${'a rule that inhibits an unknown one'}            | ${service({ rules: [own({ inhibits: ['slow'] })] })}                                                           | ${'services.classifier.rules[0].inhibits: "slow" is not a rule of this target; use one of: own'}
    ${'few samples without a percentile'}               | ${service({ rules: [own({ fewSamples: 'ignore' })] })}                                                         | ${'services.classifier.rules[0].fewSamples: "ignore" is for percentiles only: any other statistic needs one sample'}
    ${'a declared metric with a name of the catalogue'} | ${{ metrics: { Requests: queueDepth } }}                                                                       | ${'metrics.Requests: is the name of a metric of the catalogue; choose another name'}
    ${'a declared metric with an invalid name'}         | ${{ metrics: { 'queue depth': queueDepth } }}                                                                  | ${'metrics.queue depth: is not a valid metric name; start with a letter and use letters, digits, _ and .'}
    ${'a Prometheus name that starts with a digit'}     | ${{ metrics: { QueueWait: { ...queueDepth, prometheus: '5m_queue_wait' } } }}                                  | ${'metrics.QueueWait: has the Prometheus name 5m_queue_wait, which Prometheus does not accept; use letters, digits, _ and :, and do not start with a digit'}
    ${'a Prometheus name with a hyphen'}                | ${{ metrics: { QueueWait: { ...queueDepth, prometheus: 'queue-wait' } } }}                                     | ${'metrics.QueueWait: has the Prometheus name queue-wait, which Prometheus does not accept; use letters, digits, _ and :, and do not start with a digit'}
    ${'a period that CloudWatch does not accept'}       | ${service({ rules: [serviceDown({ for: '150 seconds', period: '75 seconds' })] })}                             | ${'services.classifier.rules[0].period: "75 seconds" is not a period that CloudWatch accepts; use 10, 20 or 30 seconds, or whole minutes'}
    ${'a window that is too long for CloudWatch'}       | ${service({ rules: [serviceDown({ for: '2 days' })] })}                                                        | ${'services.classifier.rules[0].for: "172800 seconds" is longer than the evaluation window of CloudWatch: at most one day, or seven days with periods of at least one hour'}
    ${'more breaching datapoints than there are'}       | ${service({ rules: [{ ...serviceDown(), datapointsToAlarm: 4 }] })}                                            | ${'services.classifier.rules[0].datapointsToAlarm: 4 is more than the 3 datapoints of "for"'}
    ${'an unknown placeholder'}                         | ${service({ rules: [{ ...serviceDown(), summary: '{{service}} is down' }] })}                                  | ${'services.classifier.rules[0].summary: "{{service}}" is not a placeholder; use one of: {{target}}, {{value}}, {{threshold}}, {{for}}'}
    ${'an empty list of recipients'}                    | ${{ channels: { ...aDefinition().channels, 'ml-team': email({ from: 'a@example.com', to: [] }) } }}            | ${'channels.ml-team.to: [] has no recipients'}
    ${'a rule without a runbook'}                       | ${service({ rules: [{ ...serviceDown(), runbook: undefined }] })}                                              | ${"services.classifier.rules[0].runbook: is required; name one or write because('…')"}
    ${'a target with a slash in its name'}              | ${{ volumes: { 'a/b': { source: localDisk({ path: '/' }), rules: [diskSpaceLow()] } } }}                       | ${'volumes.a/b: is not a valid target name; use letters, digits, . _ and -, up to 100 characters'}
  `('$sentence', ({ change, problem }) => {
    expect(problemsIn(aDefinition(change))).toEqual([problem]);
  });

  it.each`
    sentence                          | change                                                    | problem
    ${'an interval below one minute'} | ${service({ checks: [health({ every: '30 seconds' })] })} | ${'services.classifier.checks[0].every: "30 seconds" is not a whole number of minutes, which AWS schedules require; write \'1 minute\' or more. Only a laptop can check more often'}
    ${'a disk of a laptop'}           | ${{}}                                                     | ${'volumes.results.source: "local-disk" is a disk of this machine, which works on a laptop only; on AWS use cloudwatchAgent(…) or jsonEndpoint(…)'}
  `('on AWS: $sentence', ({ change, problem }) => {
    expect(problemsIn(aDefinition(change), 'aws')).toContain(problem);
  });

  it('never repeats a webhook in plain text', () => {
    const webhook = 'https://hooks.slack.com/services/T0/B0/verysecret';
    const problems = problemsIn(
      aDefinition({ channels: { ...aDefinition().channels, 'ml-alerts': slack({ webhook }) } }),
    );
    expect(problems).toEqual([
      "channels.ml-alerts.webhook: is a secret in plain text; write secret('tocsin/name') and store the value under that name",
    ]);
  });

  it('accepts a webhook in plain text on loopback, so that a stand-in can be used', () => {
    expect(
      problemsIn(
        aDefinition({
          channels: { ...aDefinition().channels, 'ml-alerts': slack({ webhook: 'http://127.0.0.1:4511/hook' }) },
        }),
      ),
    ).toEqual([]);
  });

  it('reports all problems at once, each part separately', () => {
    const definition = {
      ...aDefinition({ timeZone: 'Mars/Phobos', operators: [] }),
      ...service({ url: 'x' }),
      ...nightly({ schedule: '61 * * * *' }),
      extra: 1,
    };
    expect(problemsIn(definition).map((problem) => problem.split(':')[0])).toEqual([
      'extra',
      'timeZone',
      'operators',
      'services.classifier.url',
      'batchJobs.nightly.schedule',
    ]);
  });

  it.each([[null], [undefined], ['text'], [[]], [42]])('%j is not a config', (nonsense) => {
    expect(problemsIn(nonsense)[0]).toMatch(/^the config: .*is not an object; create the config with defineMonitoring/);
  });

  it('lists the stages', () => {
    expect(problemsIn(aDefinition(), 'laptop', 'staging')).toEqual([
      'stages: "staging" is not a stage; use one of: prod',
    ]);
  });
});

describe('a document', () => {
  it('is plain JSON', () => {
    const document = aDocument();
    expect(JSON.parse(JSON.stringify(document))).toEqual(document);
  });

  it('has a hash of its content: equal for equal configs, different for different ones', () => {
    expect(aDocument().hash).toBe(aDocument().hash);
    expect(aDocument().hash).not.toBe(aDocument({ timeZone: 'UTC' }).hash);
  });

  it('uses the first stage by default, with its retention, intervals and recipients', () => {
    const stages: Definition['stages'] = {
      dev: {
        retentionDays: 15,
        every: { health: '5 minutes' },
        channels: { 'ml-team': email({ from: 'a@example.com', to: ['dev@example.com'] }) },
      },
      prod: {},
    };
    const dev = parseDefinition(aDefinition({ stages }), { world: 'laptop' });
    const prod = parseDefinition(aDefinition({ stages }), { world: 'laptop', stage: 'prod' });
    expect([dev.stage, dev.retentionDays, dev.targets[0]?.checks[0]?.every]).toEqual(['dev', 15, 300]);
    expect(dev.channels['ml-team']).toMatchObject({ to: ['dev@example.com'] });
    expect([prod.stage, prod.retentionDays, prod.targets[0]?.checks[0]?.every]).toEqual(['prod', 90, 60]);
  });

  it('contains the declared metrics with their Prometheus names, and a rule on one', () => {
    const document = aDocument({
      metrics: { QueueWait: { ...queueDepth, unit: 'Seconds', every: '5 minutes' } },
      ...service({ rules: [own({ metric: 'QueueWait' })] }),
    });
    expect(document.metrics.filter((metric) => metric.own)).toEqual([
      {
        own: true,
        name: 'QueueWait',
        prometheus: 'queue_wait_seconds',
        unit: 'Seconds',
        of: 'service',
        definition: 'Waiting requests.',
        calculation: 'Counted each minute.',
        refresh: 'every 5 min',
        refreshSeconds: 300,
        source: { application: true },
      },
    ]);
    expect(document.targets[0]?.rules[0]).toMatchObject({ metric: 'QueueWait', period: 300 });
  });

  it('contains every metric that it refers to, so that nothing needs the catalogue at runtime', () => {
    const names = (definition: Parameters<typeof aDefinition>[0]) =>
      aDocument(definition).metrics.map(({ name }) => name);
    const only = { batchJobs: {}, volumes: {} };
    const ofHealth = ['ServiceUp', 'ModelLoaded', 'ResponseSeconds', 'CertificateDaysLeft'];
    const ofPipeline = ['CheckCompleted', 'SweepCompleted', 'OperatorsUnconfirmed'];
    expect(names({ ...service({ rules: [serviceDown()] }), ...only })).toEqual([...ofHealth, ...ofPipeline]);
    // A derived metric includes the metric that it is derived from, because its refresh decides.
    expect(names({ ...service({ rules: [own({ metric: 'DailyActiveUsersDropPercent' })] }), ...only })).toEqual([
      ...ofHealth,
      'DailyActiveUsersDropPercent',
      'DailyActiveUsers',
      ...ofPipeline,
    ]);
  });

  it('sets the period of a rule to one minute, or to the refresh of its metric', () => {
    const periodOf = (said: ReturnType<typeof own>, every: '1 minute' | '5 minutes' = '1 minute') => {
      const document = aDocument(service({ checks: [health({ every })], rules: [said] }));
      const decided = document.targets[0]!.rules[0]!;
      return decided.type === 'metric' ? decided.period : undefined;
    };
    expect(periodOf(own())).toBe(60);
    expect(periodOf(own({ metric: 'AccuracyPercent', comparison: 'below', threshold: 85 }))).toBe(3600);
    expect(periodOf(own({ period: '10 minutes' }))).toBe(600);
    expect(periodOf(serviceDown(), '5 minutes')).toBe(300);
  });

  it('finds a metric of another namespace with the dimensions of the target', () => {
    const document = aDocument(
      service({
        dimensions: { CWAgent: { InstanceId: 'i-0' } },
        rules: [own({ metric: 'cpu_usage_active' }), own({ id: 'other' })],
      }),
    );
    expect(
      alarmsOf(document)
        .slice(0, 2)
        .map(({ metric }) => metric),
    ).toEqual([
      {
        namespace: 'CWAgent',
        name: 'cpu_usage_active',
        unit: 'Percent',
        dimensions: { cpu: 'cpu-total', InstanceId: 'i-0' },
      },
      { namespace: 'Tocsin/shop/prod', name: 'ErrorPercent', unit: 'Percent', dimensions: { Service: 'classifier' } },
    ]);
  });

  it('can omit parts if the config gives the reason', () => {
    const document = aDocument({
      operators: because('a laptop'),
      volumes: { scratch: { source: localDisk({ path: '/tmp' }), rules: because('may fill up') } },
    });
    expect(document.operators).toEqual([]);
    expect(document.targets.find((target) => target.name === 'scratch')?.rules).toEqual([]);
  });
});
