import { describe, expect, it } from 'vitest';
import { parseDefinition } from '../../../catalog/parse-definition.ts';
import { formerLintCodes, lintCodes } from '../../../core/rules/lint-codes.ts';
import { serviceDown } from '../../../index.ts';
import { aDefinition } from '../../support/a-document.ts';

const accepting = (accepts: Readonly<Record<string, string>>) => {
  const classifier = {
    ...aDefinition().services!['classifier']!,
    rules: [{ ...serviceDown(), accepts }],
  };
  return () => parseDefinition({ ...aDefinition(), services: { classifier } }, { world: 'laptop' });
};

describe('the lint codes that a rule accepts', () => {
  it.each(lintCodes)('%s is accepted with a reason', (code) => {
    expect(accepting({ [code]: 'a reason' })).not.toThrow();
    expect(accepting({ [code]: '' })).toThrow(`accepts.${code}: "" gives no reason`);
  });

  it.each(Object.entries(formerLintCodes))('%s is refused, and the error gives the new code %s', (former, code) => {
    expect(accepting({ [former]: 'a reason' })).toThrow(
      `services.classifier.rules[0].accepts.${former}: has a new name: write "${code}"`,
    );
  });

  it('an unknown code is refused with the code that was probably meant', () => {
    expect(accepting({ 'never-fire': 'a reason' })).toThrow(/accepts\.never-fire: .*did you mean never-fires\?/);
  });

  it('a former code is never suggested', () => {
    expect(accepting({ 'nobody-doe': 'a reason' })).toThrow(/accepts\.nobody-doe: (?!.*nobody-does)/);
  });
});
