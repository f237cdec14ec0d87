import type * as z from 'zod';
import { tiers } from '../../events/tier.ts';
import type { Metric } from '../metrics/metric.ts';
import { metricFrom, nameProblem, ownMetric } from '../metrics/own-metric.ts';
import { referencedMetrics } from '../metrics/referenced-metrics.ts';
import { stableHash } from '../stable-hash.ts';
import { type CostSettings, costSettings, defaultCostSettings } from './cost-settings.ts';
import { crossChecks } from './cross-checks.ts';
import { channel, type Definition, parts, stage as stageSchema, type World } from './definition.ts';
import { useOneOf } from './did-you-mean.ts';
import type { MonitoringDocument } from './document.ts';
import { knownKeys } from './known-keys.ts';
import { normalizeTarget } from './normalize-target.ts';
import { plainDataProblems } from './plain-data.ts';
import { ConfigError, type Problem } from './problem.ts';
import { problemsOf } from './schema-problems.ts';
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
  'network',
  ...Object.keys(targetSections),
];
const targetName = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$/;

/**
 * Validates a config and returns one stage of it as a document, or reports all problems at once.
 * @throws {ConfigError} with every problem found
 */
export function parseDefinition(
  input: unknown,
  options: {
    stage?: string | undefined;
    world: World;
    /** The metrics that a rule may use without a declaration. Those that the deployment uses are copied into the document. */
    catalogue: readonly Metric[];
  },
): MonitoringDocument {
  const unplain = plainDataProblems(input);
  if (unplain.length > 0) throw new ConfigError(unplain);
  const problems: Problem[] = [];
  const raw = asRecord(input, '', problems) as Partial<Record<keyof Definition, unknown>>;
  /** Parses one part on its own. A part that is not valid is undefined from here on; its problems are collected. */
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
    if (!topKeys.includes(key)) problems.push({ path: key, message: `is not a known key; ${useOneOf(key, topKeys)}` });
  }
  const name = read(parts.name, raw.name, ['name']);
  const timeZone = read(parts.timeZone, raw.timeZone ?? 'UTC', ['timeZone']);
  const operators = read(parts.operators, raw.operators, ['operators']);
  const runbooks = read(parts.runbooks, raw.runbooks ?? 'docs/runbooks', ['runbooks']);
  const tags = read(parts.tags, raw.tags ?? {}, ['tags']);
  const routes = read(parts.routes, raw.routes ?? {}, ['routes']);
  const cost = raw.cost === undefined ? undefined : read(costSettings, raw.cost, ['cost']);
  const ownNetwork = raw.network === undefined ? undefined : read(parts.network, raw.network, ['network']);
  const stages = readEach(stageSchema, raw.stages ?? { dev: {} }, 'stages');
  const [stageName, stage] = chooseStage(stages, raw.stages, options.stage, problems);
  const channels = { ...readEach(channel, raw.channels, 'channels'), ...stage?.channels };
  const ownMetrics = Object.entries(readEach(ownMetric, raw.metrics, 'metrics')).map(([metricName, declared]) =>
    metricFrom(metricName, declared),
  );
  const byName = new Map([...options.catalogue, ...ownMetrics].map((metric) => [metric.name, metric]));
  const metricNamed = (wanted: string) => byName.get(wanted);
  const targets = (Object.keys(targetSections) as (keyof typeof targetSections)[]).flatMap((section) =>
    Object.entries(readEach<z.ZodType>(targetSections[section], raw[section], section)).map(([targetsName, part]) => {
      if (!targetName.test(targetsName)) {
        problems.push({
          path: `${section}.${targetsName}`,
          message: 'is not a valid target name; use letters, digits, . _ and -, up to 100 characters',
        });
      }
      return normalizeTarget(kindOfSection[section], targetsName, part as never, {
        every: stage?.every ?? {},
        timeZone: timeZone ?? 'UTC',
        metricNamed,
      });
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
      const message = nameProblem(metric, options.catalogue);
      return message ? [{ path: `metrics.${metric.name}`, message }] : [];
    }),
  );
  if (problems.length > 0) throw new ConfigError(problems);

  const network = stage!.network ?? ownNetwork;
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
    ...(network && { network }),
  };
  return { ...document, hash: stableHash(JSON.stringify(document)) };
}

/** The cost settings. The budget of the stage overrides that of the definition. Absent if the config has neither. */
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
      message: `is not a stage; ${useOneOf(name, declared)}`,
    });
  if (!/^[a-z][a-z0-9-]{0,19}$/.test(name))
    problems.push({
      path: `stages.${name}`,
      message: 'is not a valid stage name; use lowercase letters, digits and hyphens, up to 20 characters',
    });
  return [name, stages[name]];
}

function asRecord(value: unknown, path: string, problems: Problem[]): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  problems.push({
    path: path || 'the config',
    received: value,
    message: 'is not an object; create the config with defineMonitoring({ … })',
  });
  return {};
}
