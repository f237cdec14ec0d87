import type { TargetKind } from '../../events/target.ts';
import * as checks from '../checks/checks.ts';
import { because } from '../config/because.ts';
import type { Definition } from '../config/definition.ts';
import { parseDefinition } from '../config/parse-definition.ts';
import { findMetric } from '../metrics/registry.ts';
import * as packs from '../packs/packs.ts';
import * as builders from '../rules/builders/builders.ts';
import { type Rule, type RuleInput, rule } from '../rules/rule.ts';
import { type RuleSet, ruleSetsOf } from './rule-set.ts';

/** Every rule that Tocsin ships. */
export interface Catalogue {
  /** What each builder makes when nothing else is said. */
  byDefault: readonly Rule[];
  /** The same rules with the numbers of the guides, a set for each part of each pack: `tieredPack.service`. */
  packs: readonly RuleSet[];
}

/** The rules that come out of a list of builders. What else the list holds makes no rule and is passed over. */
const builtBy = (listed: Readonly<Record<string, unknown>>): RuleInput[] =>
  Object.values(listed).flatMap((build) => {
    if (typeof build !== 'function') return [];
    const made: unknown = build({});
    return rule.safeParse(made).success ? [made as RuleInput] : [];
  });

const packParts = (): [string, RuleInput[]][] =>
  Object.entries(packs).flatMap(([pack, parts]) =>
    Object.entries(parts).map(([part, rules]): [string, RuleInput[]] => [`${pack}.${part}`, rules()]),
  );

const kindOf = (made: RuleInput): TargetKind | 'check' =>
  made.type === 'event' ? 'batch' : findMetric(made.metric)!.of;

const section = <T extends object>(kind: TargetKind, rest: T) => {
  const sets: [string, RuleInput[]][] = [['by-default', [...builtBy(checks), ...builtBy(builders)]], ...packParts()];
  return Object.fromEntries(
    sets
      .map(([name, rules]) => [name, rules.filter((made) => kindOf(made) === kind)] as const)
      .filter(([, rules]) => rules.length > 0)
      .map(([name, rules]) => [name, { ...rest, rules }]),
  );
};

/** A config with every rule, so that the door decides their periods as it does for any other. */
const definition = (): Definition => ({
  name: 'catalogue',
  operators: because('nothing runs'),
  channels: { nobody: { channel: 'email', from: 'tocsin@example.com', to: ['tocsin@example.com'] } },
  routes: { critical: ['nobody'], high: ['nobody'], medium: ['nobody'], info: ['nobody'] },
  services: section('service', {
    url: 'https://example.com',
    checks: [checks.health({ every: '1 minute' })],
    dimensions: { CWAgent: { InstanceId: 'i-0' } },
  }),
  batchJobs: section('batch', {}),
  volumes: section('volume', { source: checks.jsonEndpoint({ url: 'https://example.com' }) }),
});

/** Finds every rule of every builder and pack in their lists. */
export function catalogue(): Catalogue {
  const sets = ruleSetsOf(parseDefinition(definition(), { world: 'aws' }));
  const isDefault = ({ name }: RuleSet) => name === 'by-default';
  return {
    byDefault: sets.filter(isDefault).flatMap(({ rules }) => rules),
    packs: sets.filter((set) => !isDefault(set)),
  };
}
