import type * as z from 'zod';
import { parseDefinition } from '../../catalog/parse-definition.ts';
import { formatProblem } from '../../core/definition/problem.ts';
import { problemsOf } from '../../core/definition/schema-problems.ts';
import { formatDuration } from '../../core/time/duration.ts';
import { ruleTestFile } from './rule-test.ts';
import { runRuleTest } from './run-rule-test.ts';

type RuleTestInput = z.input<typeof ruleTestFile>['tests'][number];

/** A rule test as in the YAML files, without `name`: the test that calls the matcher has a name. */
export type RuleBehaviour = Omit<RuleTestInput, 'name'>;

/**
 * Matchers for vitest and jest. They use the engine of `tocsin rules test`.
 * @example
 * expect.extend(ruleMatchers);
 * expect(monitoring).toBehaveAs({ rule: 'classifier/service-down', series: '1x4 0x3', expect: [{ at: '8 minutes', state: 'ALARM' }] });
 */
export const ruleMatchers = {
  /** Compares the behaviour of a rule over simulated time with the expectations. */
  toBehaveAs(definition: unknown, behaviour: RuleBehaviour, stage?: string) {
    const parsed = ruleTestFile.safeParse({ tests: [{ ...behaviour, name: behaviour.rule }] });
    if (!parsed.success) {
      const problems = problemsOf(parsed.error, { tests: [behaviour] }, []).map(formatProblem);
      throw new TypeError(`This is not a valid rule test:\n${problems.join('\n')}`);
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
          ? `${behaviour.rule} behaves as described, and the test expects that it does not`
          : `${behaviour.rule}, after ${formatDuration(result.at)}: ${result.why}`,
    };
  },
};
