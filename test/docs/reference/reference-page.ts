import { findMetric } from '../../../catalog/metrics/catalogue.ts';
import * as catalogRules from '../../../catalog/rules/rules.ts';
import { formatThreshold, readingUnit } from '../../../core/metrics/format-value.ts';
import type { RuleInput } from '../../../core/rules/rule.ts';
import { table } from '../../../tools/pages/say-rule.ts';
import { type Exported, exportsOf, type Option } from './public-face.ts';

// docs/reference.md: every helper of a config with its options, from the sources, so that it cannot be out of date.

/** The options that any rule takes, by the name of their section. */
const commonOptions = { rule: 'Options of every rule', metric: 'Options of rules on a metric' } as const;

/** Where each export belongs. A helper that is in no section fails the test of the page. */
const sections: readonly { title: string; says: string; names: readonly string[] }[] = [
  {
    title: 'Channels',
    says: 'Where notifications go, by name, under `channels`.',
    names: ['slack', 'email'],
  },
  {
    title: 'Checks',
    says: 'What observes a target, under `checks`.',
    names: ['health', 'batchRuns', 'diskSpace'],
  },
  {
    title: 'Sources of volumes',
    says: 'Where the numbers of a volume come from, under `source`.',
    names: ['cloudwatchAgent', 'jsonEndpoint', 'localDisk'],
  },
  {
    title: 'Secrets and reasons',
    says: 'Values that other options take.',
    names: ['secret', 'basic', 'bearer', 'because'],
  },
  {
    title: 'In the code of your service',
    says: 'For code that publishes metrics of its own.',
    names: ['nextDrop', 'DropReading', 'DropSettings', 'Reading'],
  },
];

/** Every export that the page does not describe by itself, because another entry does: types of what helpers take. */
const coveredElsewhere = ['Definition', 'RuleInput', 'RuleBase'];

/** The page, and what the sources do not say of the options on it. */
export interface ReferencePage {
  text: string;
  /** `health.every`: options without a doc comment. */
  undocumented: readonly string[];
  /** Exports that no section describes. */
  missing: readonly string[];
  /** Helpers without an example. */
  withoutExample: readonly string[];
}

/** Writes the page from the public face. */
export function referencePage(): ReferencePage {
  const all = new Map(exportsOf('index.ts').map((one) => [one.name, one]));
  const builders = [...all.values()].filter((one) => one.kind === 'function' && isRuleBuilder(one.name));
  const packs = [...all.values()].filter(({ name }) => name.endsWith('Pack'));
  const described = new Set([
    ...['defineMonitoring', 'rule', ...coveredElsewhere],
    ...sections.flatMap(({ names }) => names),
    ...[...builders, ...packs].map(({ name }) => name),
  ]);
  const undocumented: string[] = [];
  const options = (of: string, list: readonly Option[]) => optionTable(of, list, undocumented);

  const text = [
    '# Reference of the configuration',
    'Generated from the sources of the helpers. Durations are text: `30 seconds`, `5 minutes`, `1 day`. A `Secret` is made by `secret(…)`.',
    '## Definition',
    '`defineMonitoring({ … })` takes these keys.',
    options('defineMonitoring', all.get('defineMonitoring')!.options),
    ...sections.flatMap(({ title, says, names }) => [
      `## ${title}`,
      says,
      ...names.flatMap((name) => (all.has(name) ? entry(all.get(name)!, options) : [])),
    ]),
    '## Rules',
    'What a rule builder makes when no option is given. Each takes the options of its kind below, and its own.',
    builderTable(builders, all.get('rule')!, undocumented),
    `### ${commonOptions.rule}`,
    options('rule', asTheBuilderSets(commonOf(all, 'batchFailed'))),
    `### ${commonOptions.metric}`,
    options('rule', asTheBuilderSets(metricOnly(all))),
    ...entry(all.get('rule')!, options),
    '## Packs',
    'Sets of rules with the numbers of a guide. Each part is a function that returns a list for `rules`.',
    table(
      ['pack', 'what it holds'],
      packs.map(({ name, text: says }) => [`\`${name}\``, says]),
    ),
  ].join('\n\n');
  const helpers = sections.flatMap(({ names }) => names).flatMap((name) => all.get(name) ?? []);
  const withoutExample = helpers.filter(({ kind, example }) => kind === 'function' && !example).map(({ name }) => name);
  return {
    text: `${text}\n`,
    undocumented,
    withoutExample,
    missing: [...all.keys()].filter((name) => !described.has(name)),
  };
}

const builderOf = (name: string) => (catalogRules as Record<string, unknown>)[name];
const isRuleBuilder = (name: string): boolean => name !== 'rule' && typeof builderOf(name) === 'function';

/** The options that an event rule takes are those that every rule takes. */
const commonOf = (all: ReadonlyMap<string, Exported>, builder: string): readonly Option[] => all.get(builder)!.options;

const metricOnly = (all: ReadonlyMap<string, Exported>): Option[] => {
  const common = new Set(commonOf(all, 'batchFailed').map(({ name }) => name));
  return all.get('serviceDown')!.options.filter(({ name }) => !common.has(name));
};

/** A builder has a value for each option that a rule requires. */
const asTheBuilderSets = (options: readonly Option[]): Option[] =>
  options.map((option) => ({
    default: option.name === 'formerly' || option.name === 'owner' ? 'none' : 'set by the builder',
    ...option,
  }));

type Options = (of: string, list: readonly Option[]) => string;

function entry(one: Exported, options: Options): string[] {
  return [
    `### ${one.name}`,
    one.text,
    ...(one.example ? ['```ts', one.example, '```'].join('\n') : '').split('\n\n').filter(Boolean),
    ...(one.options.length > 0 ? [options(one.name, one.options)] : []),
  ];
}

/** A row for each option, those of objects below their own. */
function optionTable(of: string, list: readonly Option[], undocumented: string[]): string {
  const rows = (options: readonly Option[], above: string): string[][] =>
    options.flatMap((option) => {
      const path = above + option.name;
      if (!option.text) undocumented.push(`${of}.${path}`);
      return [
        [
          `\`${path}\``,
          `\`${shortType(option.type)}\``,
          option.required ? 'required' : (option.default ?? '–'),
          option.text,
        ],
        ...rows(option.options ?? [], `${path}.`),
      ];
    });
  return table(['option', 'type', 'default', 'meaning'], rows(list, ''));
}

const shortType = (type: string) => (type.length > 70 ? (type.endsWith('[]') ? 'a list' : 'see below') : type);

/** One row for each builder: an example, when it fires by default, and the options that only it has. */
function builderTable(builders: readonly Exported[], rule: Exported, undocumented: string[]): string {
  const general = new Set(rule.options.map(({ name }) => name));
  return table(
    ['example', 'tier', 'fires by default when', 'own options', 'meaning'],
    builders.map((builder) => {
      const made = (builderOf(builder.name) as () => RuleInput)();
      const own = builder.options.filter((option) => !general.has(option.name)).map(({ name }) => name);
      if (!builder.text) undocumented.push(builder.name);
      const names = own.map((name) => `\`${name}\``).join(', ') || '–';
      return [`\`${exampleOf(builder, own, made)}\``, made.tier, firesWhen(made), names, builder.text];
    }),
  );
}

/** A call with the default of the builder's own option, else with how long it waits. */
function exampleOf({ name, example, default: defaults }: Exported, own: readonly string[], made: RuleInput): string {
  if (example) return example;
  const value = new RegExp(`\\b${own[0]}: ([\\d.]+)`).exec(defaults ?? '')?.[1];
  if (value !== undefined) return `${name}({ ${own[0]}: ${value} })`;
  return made.type === 'metric' ? `${name}({ for: '${made.for}' })` : `${name}()`;
}

function firesWhen(made: RuleInput): string {
  if (made.type === 'event') return made.event.replaceAll('-', ' ');
  const unit = readingUnit(findMetric(made.metric)!.unit, made.statistic);
  const comparison = made.comparison.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return `${made.statistic} of \`${made.metric}\` ${comparison} ${formatThreshold(made.threshold, unit)} for ${made.for}`;
}
