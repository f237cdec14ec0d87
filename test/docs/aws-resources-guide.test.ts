import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseDefinition } from '../../catalog/parse-definition.ts';
import { alarmsOf } from '../../core/alarms/alarm.ts';
import { lintRules } from '../../tools/lint/lint-rules.ts';
import { ofType, synthesized } from '../lib/synthesized.ts';
import definition from './samples/aws-resources.config.ts';

const text = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const document = parseDefinition(definition, { world: 'aws' });

describe('the guide to AWS resources', () => {
  it('shows the tested sample', () => {
    expect(text('../../docs/guides/aws-resources.md')).toContain(text('samples/aws-resources.config.ts').trim());
  });

  it('has rules without lint findings', () => {
    expect(lintRules(document)).toEqual([]);
  });

  it.each([
    ['alb-server-errors', 'AWS/ApplicationELB', ['LoadBalancer', 'TargetGroup']],
    ['alb-slow', 'AWS/ApplicationELB', ['LoadBalancer', 'TargetGroup']],
    ['ecs-cpu-high', 'AWS/ECS', ['ClusterName', 'ServiceName']],
    ['queue-delayed', 'AWS/SQS', ['QueueName']],
    ['lambda-errors', 'AWS/Lambda', ['FunctionName']],
  ])('the alarm of %s is on the metric that AWS publishes', (id, namespace, dimensions) => {
    const { metric } = alarmsOf(document).find(({ name }) => name.endsWith(`/${id}`))!;
    expect([metric.namespace, Object.keys(metric.dimensions)]).toEqual([namespace, dimensions]);
  });

  it('has these alarms in the template', async () => {
    const { resources } = await synthesized(definition);
    const alarms = ofType(resources, 'AWS::CloudWatch::Alarm').map(([, { Properties }]) => Properties);
    expect(alarms).toContainEqual(
      expect.objectContaining({
        AlarmName: 'shop/prod/service/classifier/queue-delayed',
        Namespace: 'AWS/SQS',
        MetricName: 'ApproximateAgeOfOldestMessage',
        Dimensions: [{ Name: 'QueueName', Value: 'classifier-requests' }],
      }),
    );
  });
});
