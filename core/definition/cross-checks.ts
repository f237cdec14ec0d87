import type * as z from 'zod';
import type { Tier } from '../../events/tier.ts';
import { alarmName, longestFor, windowOf } from '../alarms/alarm.ts';
import type { ChannelSettings } from '../channels/kind-of.ts';
import { checkKindOf, checkKinds } from '../checks/checks.ts';
import type { Metric } from '../metrics/metric.ts';
import { refreshOf } from '../metrics/refresh.ts';
import { eventPlaceholders, metricPlaceholders, unknownPlaceholders } from '../rules/placeholders.ts';
import type { MetricRule, Rule } from '../rules/rule.ts';
import type { stage, World } from './definition.ts';
import { nearest, thereAre } from './did-you-mean.ts';
import type { Target } from './document.ts';
import { lookProblems } from './look-problems.ts';
import { notOnAws, ownMachineUrls } from './own-machine.ts';
import { type Problem, sayPath } from './problem.ts';

interface Parts {
  targets: readonly Target[];
  /** Undefined when they could not be read: then nothing is said of who is reached. */
  routes: Partial<Record<Tier, string[]>> | undefined;
  channelNames: readonly string[];
  channels: Record<string, ChannelSettings | undefined>;
  stages: Record<string, z.output<typeof stage>>;
  name: string;
  stage: string;
  world: World;
  metricNamed: (name: string) => Metric | undefined;
  /** The metrics that need no declaration. */
  catalogue: readonly Metric[];
}

const sectionOf = { service: 'services', batch: 'batchJobs', volume: 'volumes' } as const;

/** What no part of a definition shows by itself: references, conflicts, and the limits of the world it runs in. */
export function crossChecks(parts: Parts): Problem[] {
  return [
    ...Object.entries(parts.routes ?? {}).flatMap(([tier, channels]) =>
      unknownChannels(`routes.${tier}`, channels, parts),
    ),
    ...Object.entries(parts.stages).flatMap(([name, stage]) => [
      ...unknownChannels(`stages.${name}.channels`, Object.keys(stage.channels), parts),
      ...unknownChecks(`stages.${name}.every`, Object.keys(stage.every)),
    ]),
    ...parts.targets.flatMap((target) => [
      ...checkProblems(target, parts.world),
      ...refreshProblems(target, parts),
      ...ruleProblems(target, parts),
    ]),
    ...(parts.world === 'aws' ? unreachableProblems(parts) : []),
    ...lookProblems(parts.targets, ({ kind, name }, i, field) => `${sectionOf[kind]}.${name}.checks[${i}].${field}`),
  ];
}

const unknownChannels = (path: string, names: readonly string[], { channelNames }: Parts): Problem[] =>
  names
    .filter((name) => !channelNames.includes(name))
    .map((name) => ({
      path,
      received: name,
      says: `is not a configured channel; ${thereAre(name, channelNames)}`,
    }));

const unknownChecks = (path: string, names: readonly string[]): Problem[] => {
  const known: string[] = checkKinds.map((kind) => kind.name);
  return names
    .filter((name) => !known.includes(name))
    .map((name) => ({ path, received: name, says: `is not a check; ${thereAre(name, known)}` }));
};

/** Addresses of targets and channels that only the machine itself can reach, which on AWS is the function. */
function unreachableProblems({ targets, channels, stages, stage }: Parts): Problem[] {
  const ofStage = stages[stage]?.channels ?? {};
  const places: [PropertyKey[], unknown][] = [
    ...targets.map((target): [PropertyKey[], unknown] => [[sectionOf[target.kind], target.name], target]),
    ...Object.entries(channels).map(([name, settings]): [PropertyKey[], unknown] => [
      [...(name in ofStage ? ['stages', stage] : []), 'channels', name],
      settings,
    ]),
  ];
  return places.flatMap(([at, settings]) =>
    ownMachineUrls(settings).map((found) => notOnAws(found, sayPath([...at, ...found.path]))),
  );
}

function checkProblems(target: Target, world: World): Problem[] {
  const at = `${sectionOf[target.kind]}.${target.name}`;
  const problems: Problem[] = target.checks.flatMap((check, i) => {
    const path = `${at}.checks[${i}]`;
    const kind = checkKindOf(check.check);
    const found: Problem[] = [];
    if (kind.targets !== target.kind)
      found.push({
        path,
        received: check.check,
        says: `does not observe a ${target.kind}; it is a check of a ${kind.targets}`,
      });
    if (world !== 'laptop' && (check.every < 60 || check.every % 60 !== 0)) {
      found.push({
        path: `${path}.every`,
        received: `${check.every} seconds`,
        says: 'is not a whole number of minutes, the finest schedule that AWS has; only a laptop checks more often',
      });
    }
    if (target.checks.findIndex((other) => other.check === check.check) < i)
      found.push({ path, received: check.check, says: 'stands twice on this target' });
    return found;
  });
  if (world !== 'laptop' && target.kind === 'volume' && target.source.source === 'local-disk') {
    problems.push({
      path: `${at}.source`,
      received: 'local-disk',
      says: 'is a disk of a laptop; on AWS use cloudwatchAgent(…) or jsonEndpoint(…)',
    });
  }
  return problems;
}

/** A refresh is stated of metrics that this target has and that no check of ours measures. */
function refreshProblems(target: Target, parts: Parts): Problem[] {
  return Object.entries(target.refresh ?? {}).flatMap(([name, received]) => {
    const says = refreshProblem(name, parts, target);
    return says === undefined
      ? []
      : [{ path: `${sectionOf[target.kind]}.${target.name}.refresh.${name}`, received: `${received} seconds`, says }];
  });
}

/** `did you mean ServiceUp? Or `, before what else can be done about an unknown metric. */
function suggestion(name: string, { catalogue }: Parts): string {
  const meant = nearest(
    name,
    catalogue.map((known) => known.name),
  );
  return meant === undefined ? '' : `did you mean ${meant}? Or `;
}

function refreshProblem(name: string, parts: Parts, target: Target): string | undefined {
  const metric = parts.metricNamed(name);
  if (!metric)
    return `is of a metric that nobody emits; ${suggestion(name, parts)}use a name of the glossary, or one of your own under metrics`;
  if ('check' in metric.source) return `is decided by the ${metric.source.check} check: set its "every" instead`;
  return metric.of === target.kind ? undefined : `is of a metric of a ${metric.of}, and this is a ${target.kind}`;
}

function ruleProblems(target: Target, parts: Parts): Problem[] {
  const at = `${sectionOf[target.kind]}.${target.name}`;
  return target.rules.flatMap((rule, i) => {
    const path = `${at}.rules[${i}]`;
    const says = (problem: string, received: unknown = rule.id, where = ''): Problem => ({
      path: `${path}${where}`,
      received,
      says: problem,
    });
    const problems = [
      ...unknownChannels(`${path}.channels`, rule.channels ?? [], parts),
      ...(rule.type === 'metric'
        ? metricRuleProblems(rule, target, parts, says)
        : eventRuleProblems(rule, target, says)),
    ];
    if (target.rules.findIndex((other) => other.id === rule.id) < i)
      problems.push(
        says(
          "is the id of another rule of this target; give one of them its own id, as in { id: 'slow-responses-2' }",
          rule.id,
          '.id',
        ),
      );
    if (!rule.channels && parts.routes && !parts.routes[rule.tier]?.length)
      problems.push(
        says(`reaches nobody: no route for tier ${rule.tier}; add routes.${rule.tier} or the rule's channels`),
      );
    for (const id of rule.inhibits) {
      if (!target.rules.some((other) => other.id === id))
        problems.push(
          says(
            `is not a rule of this target; ${thereAre(
              id,
              target.rules.map((other) => other.id),
            )}`,
            id,
            '.inhibits',
          ),
        );
    }
    if (alarmName(parts, target, rule.id).length > 255)
      problems.push(says('makes an alarm name of over 255 characters; shorten the name of the target'));
    return problems;
  });
}

type Says = (problem: string, received?: unknown, where?: string) => Problem;

function eventRuleProblems(rule: Rule, target: Target, says: Says): Problem[] {
  const problems = templateProblems(rule, eventPlaceholders, says);
  return target.kind === 'batch'
    ? problems
    : [...problems, says(`waits for batch runs, which a ${target.kind} has not`)];
}

function metricRuleProblems(rule: MetricRule, target: Target, parts: Parts, says: Says): Problem[] {
  const { world, metricNamed, catalogue } = parts;
  const problems = templateProblems(rule, metricPlaceholders, says);
  const metric = metricNamed(rule.metric);
  if (!metric) {
    return [
      ...problems,
      says(
        `is a metric that nobody emits; ${suggestion(rule.metric, parts)}declare it in metrics: { ${rule.metric}: … }, or use one of those of a ${target.kind}: ${catalogue
          .filter(({ of }) => of === target.kind)
          .map((known) => known.name)
          .join(', ')}`,
        rule.metric,
        '.metric',
      ),
    ];
  }
  const lacking = whyNotEmitted(metric, target);
  if (lacking) return [...problems, says(lacking, rule.metric, '.metric')];
  return [...problems, ...windowProblems(rule, metric, target, { world, says })];
}

/** What CloudWatch, or the metric itself, has against the periods of a rule. */
function windowProblems(
  rule: MetricRule,
  metric: Metric,
  target: Target,
  { world, says }: { world: World; says: Says },
): Problem[] {
  const problems: Problem[] = [];
  const every = refreshOf(metric, target) ?? 0;
  const { periodSeconds: period, evaluationPeriods: points } = windowOf(rule);
  if (![10, 20, 30].includes(period) && period % 60 !== 0)
    problems.push(
      says(
        'is not a period that CloudWatch takes; use 10, 20 or 30 seconds or whole minutes',
        `${period} seconds`,
        '.period',
      ),
    );
  if (world !== 'laptop' && period < 60)
    problems.push(
      says(
        'is shorter than a minute, the finest that a scheduled check measures on AWS',
        `${period} seconds`,
        '.period',
      ),
    );
  // A check's interval stands beside the rule; how often other code publishes, only its target can say.
  const hint =
    'check' in metric.source
      ? ''
      : `. If it has values more often, the target says so: refresh: { ${rule.metric}: '1 minute' }`;
  if (period < every)
    problems.push(
      says(
        `is shorter than the ${every} seconds that ${'check' in metric.source ? `the ${metric.source.check} check` : rule.metric} takes for a new value: most datapoints would be missing${hint}`,
        `${period} seconds`,
        '.period',
      ),
    );
  if (period * points > longestFor(period))
    problems.push(
      says(
        `is longer than CloudWatch looks back: a day, or seven with periods of an hour${rule.for === period * points ? '' : ` (a window is whole periods, ${points} of ${period} seconds)`}`,
        `${Math.max(rule.for, period * points)} seconds`,
        '.for',
      ),
    );
  if (rule.fewSamples === 'ignore' && !rule.statistic.startsWith('p'))
    problems.push(says('is for percentiles only: any other statistic needs one sample', 'ignore', '.fewSamples'));
  if (rule.datapointsToAlarm && rule.datapointsToAlarm > points)
    problems.push(says(`is more than the ${points} datapoints of "for"`, rule.datapointsToAlarm, '.datapointsToAlarm'));
  return problems;
}

/** Why a metric has no values for a target, if so. */
function whyNotEmitted({ source, of, name }: Metric, target: Target): string | undefined {
  if ('check' in source)
    return target.checks.some(({ check }) => check === source.check)
      ? checkKindOf(source.check).lacks?.(name, target)
      : `is not emitted for this target: it has no ${source.check} check`;
  if (of !== target.kind) return `is a metric of a ${of}, and this is a ${target.kind}`;
  if ('namespace' in source && !target.dimensions[source.namespace])
    return `is published in ${source.namespace}; say under which dimensions: dimensions: { ${source.namespace}: { InstanceId: '…' } }, as aws cloudwatch list-metrics --metric-name ${name} shows them`;
  return undefined;
}

const templateProblems = (rule: Rule, allowed: readonly string[], says: Says): Problem[] =>
  (['summary', 'description'] as const).flatMap((field) =>
    unknownPlaceholders(rule[field], allowed).map((name) =>
      says(
        `is no placeholder; ${thereAre(
          `{{${name}}}`,
          allowed.map((a) => `{{${a}}}`),
        )}`,
        `{{${name}}}`,
        `.${field}`,
      ),
    ),
  );
