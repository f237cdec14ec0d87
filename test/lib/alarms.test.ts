import { describe, expect, it } from 'vitest';
import { parseDefinition } from '../../catalog/parse-definition.ts';
import { alarmsOf } from '../../core/alarms/alarm.ts';
import { because } from '../../core/definition/because.ts';
import { defineMonitoring, health, modelNotLoaded, serviceDown, slowResponses } from '../../index.ts';
import { alarmShards, alarmsPerStack } from '../../lib/alarm-shards.ts';
import { cloudwatchAlarm } from '../../lib/cloudwatch-alarm.ts';
import { ofType, type Resources, synthesized } from './synthesized.ts';

const many = (targets: number, alarmStacks: number) =>
  defineMonitoring({
    name: 'many',
    stages: { prod: { alarmStacks } },
    operators: because('a test'),
    channels: {},
    routes: {},
    services: Object.fromEntries(
      Array.from({ length: targets }, (_, i) => [
        `service-with-a-name-of-usual-length-${i}`,
        {
          url: `https://service-${i}.example.com`,
          checks: [health({ every: '1 minute' })],
          rules: [serviceDown, modelNotLoaded, (o: object) => slowResponses({ aboveSeconds: 5, ...o })].map((rule) =>
            rule({ channels: ['ops'] }),
          ),
        },
      ]),
    ),
  });
const withChannel = (targets: number, alarmStacks: number) => ({
  ...many(targets, alarmStacks),
  channels: { ops: { channel: 'email' as const, from: 'a@example.com', to: ['b@example.com'] } },
});

describe('300 targets with three rules each', async () => {
  const { templates } = await synthesized(withChannel(300, 3));
  const all = [templates.state, templates.pipeline, ...templates.alarms];

  it('stay inside of what CloudFormation takes: 500 resources, 200 outputs and 1 MB a stack', () => {
    for (const template of all) {
      expect(Object.keys(template['Resources']).length).toBeLessThanOrEqual(500);
      expect(Object.keys(template['Outputs'] ?? {}).length).toBeLessThanOrEqual(200);
      expect(JSON.stringify(template).length).toBeLessThan(1_000_000);
    }
  });

  it('have an alarm for each rule, on the topic of its tier', () => {
    const alarms = templates.alarms.flatMap((template) =>
      ofType(template['Resources'] as Resources, 'AWS::CloudWatch::Alarm'),
    );
    expect(alarms).toHaveLength(900);
    const actions = new Set(
      alarms.map(
        ([, { Properties: a }]) => `${a.AlarmName.split('/').at(-1)} ${a.AlarmActions[0]['Fn::Sub'].split(':').at(-1)}`,
      ),
    );
    expect([...actions].sort()).toEqual([
      'model-not-loaded many-prod-critical',
      'service-down many-prod-critical',
      'slow-responses many-prod-high',
    ]);
  });

  it('keep the alarms of a target in one stack', () => {
    const stacksOf = new Map<string, Set<number>>();
    templates.alarms.forEach((template, stack) => {
      for (const [, { Properties: alarm }] of ofType(template['Resources'] as Resources, 'AWS::CloudWatch::Alarm')) {
        const target = alarm.AlarmName.split('/')[3];
        stacksOf.set(target, (stacksOf.get(target) ?? new Set()).add(stack));
      }
    });
    expect(stacksOf.size).toBe(300);
    expect([...stacksOf.values()].filter((stacks) => stacks.size > 1)).toEqual([]);
  });

  it('share no export with the pipeline, so that no stack locks an update of the other', () => {
    for (const template of templates.alarms) {
      expect(JSON.stringify(template)).not.toContain('Fn::ImportValue');
      expect(template['Outputs']).toBeUndefined();
    }
    expect(JSON.stringify(templates.pipeline['Outputs'])).not.toContain('"Export"');
  });

  it('fail with the number of stacks to set when there are too few, and it fits', () => {
    const shards = (alarmStacks: number) =>
      alarmShards(parseDefinition(withChannel(300, alarmStacks), { world: 'aws' })).map((shard) => shard.length);
    expect(() => shards(1)).toThrow(
      /stages\.prod\.alarmStacks: 1 puts 900 alarms into one stack, and CloudFormation allows 500 resources; set it to 2$/,
    );
    expect(Math.max(...shards(2))).toBeLessThanOrEqual(alarmsPerStack);
  });

  it('fail with the advice to split when no number of stacks is enough for one target', () => {
    const rules = Array.from({ length: 500 }, (_, i) => serviceDown({ id: `down-${i}`, channels: ['ops'] }));
    const { services } = withChannel(1, 50);
    const [[name, service]] = Object.entries(services!) as [[string, NonNullable<typeof services>[string]]];
    const crowded = { ...withChannel(1, 50), services: { [name]: { ...service, rules } } };
    expect(() => alarmShards(parseDefinition(crowded, { world: 'aws' }))).toThrow(
      /split the config into several deployments/,
    );
  });
});

describe('an alarm of the document', async () => {
  const { document } = await synthesized();
  const alarm = alarmsOf(document)[0]!;

  it.each([
    ['below', 'LessThanThreshold'],
    ['atOrBelow', 'LessThanOrEqualToThreshold'],
    ['above', 'GreaterThanThreshold'],
    ['atOrAbove', 'GreaterThanOrEqualToThreshold'],
  ] as const)('compares "%s" as %s', (comparison, operator) => {
    expect(cloudwatchAlarm({ ...alarm, comparison }, 'topic').comparisonOperator).toBe(operator);
  });

  it('has the properties of CloudWatch, with an action for every state transition', () => {
    expect(cloudwatchAlarm(alarm, 'topic')).toEqual({
      alarmName: 'tocsin/dev/service/classifier/service-down',
      alarmDescription: 'classifier: Service down',
      namespace: 'Tocsin/tocsin/dev',
      metricName: 'ServiceUp',
      dimensions: [{ name: 'Service', value: 'classifier' }],
      statistic: 'Maximum',
      comparisonOperator: 'LessThanThreshold',
      threshold: 1,
      period: 60,
      evaluationPeriods: 3,
      datapointsToAlarm: 3,
      treatMissingData: 'missing',
      alarmActions: ['topic'],
      okActions: ['topic'],
      insufficientDataActions: ['topic'],
    });
  });

  it('names a percentile where CloudWatch wants it', () => {
    const percentile = cloudwatchAlarm({ ...alarm, statistic: 'p99' }, 'topic');
    expect(percentile.extendedStatistic).toBe('p99');
    expect(percentile.statistic).toBeUndefined();
  });
});
