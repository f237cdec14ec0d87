import type { RuleInput } from '../../core/rules/rule.ts';

type Builder = (options: never) => RuleInput;
type OptionsOf<Build extends Builder> = Exclude<Parameters<Build>[0], undefined>;

/** A builder with other numbers than its own: those of a guide. What a user says on top of it wins. */
export const preset =
  <Build extends Builder>(build: Build, said: OptionsOf<Build>) =>
  (options: Partial<OptionsOf<Build>> = {}): RuleInput =>
    build({ ...(said as object), ...options } as never);

/** What a user may say of a pack's rules, by builder: options on top of the guide's, or `false` to leave the rule out. */
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
    const leftOut = Object.keys(builders).filter((name) => settings[name] === false);
    const leftOutIds = leftOut.map((name) => build(name).id);
    return Object.keys(builders)
      .filter((name) => !leftOut.includes(name))
      .map((name) => without(build(name), leftOutIds));
  };

/** A rule that is left out can be inhibited by nobody. */
const without = (rule: RuleInput, ids: readonly string[]): RuleInput =>
  rule.inhibits?.some((id) => ids.includes(id))
    ? { ...rule, inhibits: rule.inhibits.filter((id) => !ids.includes(id)) }
    : rule;
