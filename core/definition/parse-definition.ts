import type * as z from 'zod';
import { tiers } from '../../events/tier.ts';
import type { Measured } from '../checks/check-kind.ts';
import { checkKindOf } from '../checks/checks.ts';
import type { Metric } from '../metrics/metric.ts';
import { metricFrom, nameProblem, ownMetric } from '../metrics/own-metric.ts';
import { referencedMetrics } from '../metrics/referenced-metrics.ts';
import { periodOf } from '../metrics/refresh.ts';
import { inhibitsAmong } from '../rules/explained.ts';
import type { Rule, rule } from '../rules/rule.ts';
import { stableHash } from '../stable-hash.ts';
import { type CostSettings, costSettings, defaultCostSettings } from './cost-settings.ts';
import { crossChecks } from './cross-checks.ts';
import { channel, type Definition, parts, stage as stageSchema, type World } from './definition.ts';
import { thereAre } from './did-you-mean.ts';
import type { MonitoringDocument, Target } from './document.ts';
import { knownKeys } from './known-keys.ts';
import { unplainProblems } from './plain-values.ts';
import { ConfigError, type Problem, problemsOf } from './problem.ts';
import { batchJob, service, volume } from './target-schemas.ts';

const targetSections = { services: service, batchJobs: batchJob, volumes: volume } as const;
const kindOfSection = { services: 'service', batchJobs: 'batch', volumes: 'volume' } as const;
const topKeys = [
  'name',
  'timeZone',
  'stages',
  'operators',
  'runbooks',
  'tags',
  'channels',
  'routes',
  'metrics',
  'cost',
  ...Object.keys(targetSections),
];
const targetName = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$/;

/**
 * Validates a config: one stage of a definition as a document, or all of its problems at once.
 * @throws {ConfigError} with every problem found
 */
export function parseDefinition(
  input: unknown,
  options: {
    stage?: string | undefined;
    world: World;
    /** The metrics that a rule may name without declaring them. What the deployment uses of them goes into the document. */
    catalogue: readonly Metric[];
  },
): MonitoringDocument {
  const unplain = unplainProblems(input);
  if (unplain.length > 0) throw new ConfigError(unplain);
  const problems: Problem[] = [];
  const raw = asRecord(input, '', problems) as Partial<Record<keyof Definition, unknown>>;
  /** Parses one part by itself; a part that does not pass is undefined from here on, its problems are kept. */
  const read = <S extends z.ZodType>(schema: S, value: unknown, path: PropertyKey[]): z.output<S> | undefined => {
    const result = schema.safeParse(value);
    if (result.success) return result.data;
    problems.push(...problemsOf(result.error, value, path, knownKeys(schema)));
    return undefined;
  };
  const readEach = <S extends z.ZodType>(schema: S, value: unknown, section: string): Record<string, z.output<S>> => {
    const entries = Object.entries(asRecord(value ?? {}, section, problems)).map(([name, part]) => [
      name,
      read(schema, part, [section, name]),
    ]);
    return Object.fromEntries(entries.filter(([, part]) => part !== undefined));
  };

  for (const key of Object.keys(raw)) {
    if (!topKeys.includes(key))
      problems.push({ path: key, says: `is not a key that Tocsin knows; ${thereAre(key, topKeys)}` });
  }
  const name = read(parts.name, raw.name, ['name']);
  const timeZone = read(parts.timeZone, raw.timeZone ?? 'UTC', ['timeZone']);
  const operators = read(parts.operators, raw.operators, ['operators']);
  const runbooks = read(parts.runbooks, raw.runbooks ?? 'docs/runbooks', ['runbooks']);
  const tags = read(parts.tags, raw.tags ?? {}, ['tags']);
  const routes = read(parts.routes, raw.routes ?? {}, ['routes']);
  const cost = raw.cost === undefined ? undefined : read(costSettings, raw.cost, ['cost']);
  const stages = readEach(stageSchema, raw.stages ?? { dev: {} }, 'stages');
  const [stageName, stage] = chooseStage(stages, raw.stages, options.stage, problems);
  const channels = { ...readEach(channel, raw.channels, 'channels'), ...stage?.channels };
  const ownMetrics = Object.entries(readEach(ownMetric, raw.metrics, 'metrics')).map(([metricName, said]) =>
    metricFrom(metricName, said),
  );
  const byName = new Map([...options.catalogue, ...ownMetrics].map((metric) => [metric.name, metric]));
  const metricNamed = (wanted: string) => byName.get(wanted);
  const targets = (Object.keys(targetSections) as (keyof typeof targetSections)[]).flatMap((section) =>
    Object.entries(readEach<z.ZodType>(targetSections[section], raw[section], section)).map(([targetsName, part]) => {
      if (!targetName.test(targetsName)) {
        problems.push({
          path: `${section}.${targetsName}`,
          says: 'is not a name for a target; use letters, digits, . _ and -',
        });
      }
      return inZone(
        normalizeTarget(kindOfSection[section], targetsName, part as never, stage?.every ?? {}, metricNamed),
        timeZone ?? 'UTC',
      );
    }),
  );

  problems.push(
    ...crossChecks({
      targets,
      routes,
      channels,
      channelNames: Object.keys(asRecord(raw.channels ?? {}, 'channels', [])),
      stages,
      name: name ?? '',
      stage: stageName,
      world: options.world,
      metricNamed,
      catalogue: options.catalogue,
    }),
    ...ownMetrics.flatMap((metric): Problem[] => {
      const says = nameProblem(metric, options.catalogue);
      return says ? [{ path: `metrics.${metric.name}`, says }] : [];
    }),
  );
  if (problems.length > 0) throw new ConfigError(problems);

  const document = {
    version: 1 as const,
    name: name!,
    stage: stageName,
    timeZone: timeZone!,
    retentionDays: stage!.retentionDays,
    alarmStacks: stage!.alarmStacks,
    operators: Array.isArray(operators) ? operators : [],
    runbooks: runbooks!,
    tags: { ...tags, ...stage!.tags },
    terminationProtection: stage!.terminationProtection,
    reservedConcurrency: stage!.reservedConcurrency,
    channels,
    routes: Object.fromEntries(
      tiers.map((tier) => [tier, routes?.[tier] ?? []]),
    ) as unknown as MonitoringDocument['routes'],
    metrics: referencedMetrics(targets, ownMetrics, metricNamed),
    targets,
    ...costOf(cost, stage!.budgetPerMonth),
  };
  return { ...document, hash: stableHash(JSON.stringify(document)) };
}

/** What is said of money, where the stage has the last word on the budget; nothing where nothing is said. */
function costOf(cost: CostSettings | undefined, budgetPerMonth: number | undefined): { cost?: CostSettings } {
  if (!cost && budgetPerMonth === undefined) return {};
  return { cost: { ...(cost ?? defaultCostSettings), ...(budgetPerMonth !== undefined && { budgetPerMonth }) } };
}

function chooseStage<S>(
  stages: Record<string, S>,
  raw: unknown,
  wanted: string | undefined,
  problems: Problem[],
): [string, S | undefined] {
  const declared = raw && typeof raw === 'object' ? Object.keys(raw) : ['dev'];
  const name = wanted ?? declared[0] ?? 'dev';
  if (!declared.includes(name))
    problems.push({
      path: 'stages',
      received: name,
      says: `is not a stage; ${thereAre(name, declared)}`,
    });
  if (!/^[a-z][a-z0-9-]{0,19}$/.test(name))
    problems.push({
      path: `stages.${name}`,
      says: 'is not a name for a stage; use lower case letters, digits and hyphens',
    });
  return [name, stages[name]];
}

/** Whether the check that measures a metric does not do so on this target. */
const isLacking = (metric: Metric | undefined, target: Measured): boolean =>
  metric !== undefined &&
  'check' in metric.source &&
  checkKindOf(metric.source.check).lacks?.(metric.name, target) !== undefined;

/** A schedule is in the time zone of its job, else in that of the deployment. */
const inZone = (target: Target, timeZone: string): Target =>
  target.kind === 'batch' && target.schedule !== undefined ? { timeZone, ...target } : target;

type MetricNamed = (name: string) => Metric | undefined;
type ParsedRule = z.output<typeof rule>;
type Parsed = Pick<Target, 'checks' | 'dimensions' | 'refresh'> & { rules: ParsedRule[] | { because: string } };

function normalizeTarget(
  kind: Target['kind'],
  name: string,
  parsed: Parsed,
  every: Readonly<Record<string, number>>,
  metricNamed: MetricNamed,
): Target {
  const checks = parsed.checks.map((check) => ({ ...check, every: every[check.check] ?? check.every }));
  const rules = 'because' in parsed.rules ? [] : parsed.rules;
  const decided = ({ explains, ...said }: ParsedRule): Rule => {
    const inhibits = inhibitsAmong({ ...said, explains }, rules);
    if (said.type === 'event') return { ...said, inhibits };
    const { instead, ...wanted } = said;
    const lacks = instead && isLacking(metricNamed(said.metric), { ...parsed, kind, rules });
    const rule = { ...wanted, ...(lacks ? instead : {}), inhibits };
    return { ...rule, period: periodOf(rule, metricNamed(rule.metric), { ...parsed, checks }) };
  };
  return {
    ...parsed,
    kind,
    name,
    rules: rules.map(decided),
    checks,
  } as Target;
}

function asRecord(value: unknown, path: string, problems: Problem[]): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  problems.push({
    path: path || 'the config',
    received: value,
    says: 'is not an object; a config is made by defineMonitoring({ … })',
  });
  return {};
}
