import type { RuleInput } from '../../core/rules/rule.ts';

type Builder = (options: never) => RuleInput;
type OptionsOf<Build extends Builder> = Exclude<Parameters<Build>[0], undefined>;

/** A builder with the default values of a guide. The user's options override them. */
export const preset =
  <Build extends Builder>(build: Build, defaults: OptionsOf<Build>) =>
  (options: Partial<OptionsOf<Build>> = {}): RuleInput =>
    build({ ...(defaults as object), ...options } as never);

/** The user's settings for the rules of a pack, by builder: options that override the guide's, or `false` to omit the rule. */
export type PackSettings<Builders extends Record<string, Builder>> = {
  [Name in keyof Builders]?: OptionsOf<Builders[Name]> | false;
};

/**
 * The rules of a pack for one kind of target.
 * @example rules: [...tieredPack.service({ errorRateHigh: { abovePercent: 3 }, cacheHitsLow: false }), rule({ … })]
 */
export const packOf =
  <Builders extends Record<string, Builder>>(builders: Builders) =>
  (settings: PackSettings<Builders> = {}): RuleInput[] => {
    const build = (name: string) => builders[name]!((settings[name] || {}) as never);
    const omitted = Object.keys(builders).filter((name) => settings[name] === false);
    const omittedIds = omitted.map((name) => build(name).id);
    return Object.keys(builders)
      .filter((name) => !omitted.includes(name))
      .map((name) => without(build(name), omittedIds));
  };

/** The rule without references to omitted rules in `inhibits`. */
const without = (rule: RuleInput, ids: readonly string[]): RuleInput =>
  rule.inhibits?.some((id) => ids.includes(id))
    ? { ...rule, inhibits: rule.inhibits.filter((id) => !ids.includes(id)) }
    : rule;
