import { type Alarm, alarmsOf } from '../../core/alarms/alarm.ts';
import { metricsOn } from '../../core/checks/check-kind.ts';
import { checkKindOf } from '../../core/checks/checks.ts';
import { schedulesOf } from '../../core/checks/schedules.ts';
import { alarmPrice } from '../../core/definition/prices.ts';
import { functionsOf, throttleAlarmsOf } from '../../functions/deployed-functions.ts';
import { consumedQueuesOf, deadLetterQueuesOf } from '../../functions/deployed-queues.ts';
import type { Billed, Item } from './item.ts';
import { needsMetric } from './price-of-rule.ts';
import { monthHours, sweeps, ticksOf } from './traffic.ts';

const alarmType = 'AWS::CloudWatch::Alarm';

/** `PutMetricData` requests per invocation of a check: one, with its values and its heartbeat. */
const publishedByCheck = 1;

/** Alarms: one item per rule and per check, and those of the pipeline on itself. */
export const alarmItems = ({ document }: Billed): Item[] => [
  ...alarmsOf(document).map(
    (alarm): Item => ({
      kind: 'alarm',
      name: 'people' in alarm.audience ? ruleName(alarm.audience) : alarm.name.split('/').slice(2, -1).join(' '),
      uses: { [alarmPrice(alarm.periodSeconds)]: 1 },
      deployed: { type: alarmType, count: 1 },
    }),
  ),
  ...(
    [
      ['functions: errors', functionsOf(document).length],
      ['functions: throttles', throttleAlarmsOf(document).length],
      ['queues: age of the oldest message', consumedQueuesOf(document).length],
      ['dead letters: not empty', deadLetterQueuesOf(document).length],
      ['sweep', 1],
      ['operators: unconfirmed', document.operators.length > 0 ? 1 : 0],
    ] as const
  )
    .filter(([, count]) => count > 0)
    .map(
      ([name, count]): Item => ({ kind: 'alarm', name, uses: { alarm: count }, deployed: { type: alarmType, count } }),
    ),
];

const ruleName = ({ target, people }: Extract<Alarm['audience'], { people: unknown }>) => `${target.name}/${people.id}`;

/** Metrics: those of checks, those of the application that a rule uses, and heartbeats; and the requests that publish and read them. */
export const metricItems = ({ document, assume }: Billed): Item[] => {
  const schedules = schedulesOf(document);
  const measured = document.targets.flatMap((target) =>
    target.checks.flatMap(({ check }) =>
      metricsOn(checkKindOf(check), target).map((metric) => `${target.name} ${metric.name}`),
    ),
  );
  const published = document.targets.flatMap(({ name, rules }) =>
    rules.flatMap((rule) => (rule.type === 'metric' && needsMetric(document, rule) ? [`${name} ${rule.metric}`] : [])),
  );
  const volumes = document.targets.filter(
    (target) => target.kind === 'volume' && target.source.source === 'cloudwatch-agent',
  );
  const agentReads = volumes.flatMap(({ checks }) => checks).map(({ every }) => ticksOf({ everySeconds: every }));
  const invocations = schedules.reduce((total, schedule) => total + ticksOf(schedule), 0);
  return [
    ...[...new Set([...measured, ...published])].map((name): Item => ({ kind: 'metric', name, uses: { metric: 1 } })),
    { kind: 'metric', name: 'heartbeats of the checks and the sweep', uses: { metric: schedules.length + 1 } },
    // CloudWatch charges a metric only for the hours in which it has values.
    {
      kind: 'metric',
      name: 'telemetry of the functions, in hours with messages',
      uses: { metric: consumedQueuesOf(document).length * Math.min(1, (assume.incidentsPerMonth * 2) / monthHours) },
    },
    { kind: 'metric', name: 'PutMetricData', uses: { metricRequest: invocations * publishedByCheck + sweeps } },
    // One list request, and one request each for the free and the total size.
    ...agentReads.map(
      (reads, i): Item => ({
        kind: 'metric',
        name: `${volumes[i]!.name}, read from the CloudWatch agent`,
        uses: { metricRequest: reads * 3 },
      }),
    ),
  ];
};
