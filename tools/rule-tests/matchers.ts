import type * as z from 'zod';
import { parseDefinition } from '../../catalog/parse-definition.ts';
import type { Definition } from '../../core/definition/definition.ts';
import { formatProblem } from '../../core/definition/problem.ts';
import { problemsOf } from '../../core/definition/schema-problems.ts';
import { formatDuration } from '../../core/time/duration.ts';
import { ruleTestFile } from './rule-test.ts';
import { runRuleTest } from './run-rule-test.ts';

type RuleTestInput = z.input<typeof ruleTestFile>['tests'][number];

/** A rule test as the YAML files have it; its name is the test's own. */
export type RuleBehaviour = Omit<RuleTestInput, 'name'>;

/**
 * Matchers for vitest (and jest) over the engine of `tocsin rules test`.
 * @example
 * expect.extend(ruleMatchers);
 * expect(monitoring).toBehaveAs({ rule: 'classifier/service-down', series: '1x4 0x3', expect: [{ at: '8 minutes', state: 'ALARM' }] });
 */
export const ruleMatchers = {
  /** Holds what a rule of a config does over simulated time against what is expected. */
  toBehaveAs(definition: unknown, behaviour: RuleBehaviour, stage?: string) {
    const parsed = ruleTestFile.safeParse({ tests: [{ ...behaviour, name: behaviour.rule }] });
    if (!parsed.success) {
      const problems = problemsOf(parsed.error, { tests: [behaviour] }, []).map(formatProblem);
      throw new TypeError(`This is no rule test:\n${problems.join('\n')}`);
    }
    const { tests, interval } = parsed.data;
    const test = tests[0]!;
    const result = runRuleTest(
      parseDefinition(definition, { stage, world: 'laptop' }),
      test,
      test.interval ?? interval,
    );
    return {
      pass: result.passed,
      message: () =>
        result.passed
          ? `${behaviour.rule} behaves so, and should not`
          : `${behaviour.rule}, after ${formatDuration(result.at)}: ${result.why}`,
    };
  },
};

declare module 'vitest' {
  interface Matchers<T> {
    /** Holds what a rule of a config does over simulated time against what is expected. */
    toBehaveAs: T extends Definition ? (behaviour: RuleBehaviour, stage?: string) => void : never;
  }
}
