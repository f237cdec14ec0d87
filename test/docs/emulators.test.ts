import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { emulators } from '../emulators/emulators.ts';
import { exercised, table, verdict } from '../emulators/exercised.ts';
import { synthesized } from '../lib/synthesized.ts';

const place = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const page = readFileSync(place('docs/emulators.md'), 'utf8');

describe('docs/emulators.md', () => {
  it('shows the table of test/emulators/exercised.ts; after a change there, replace the table in the page', () => {
    expect(page).toContain(`\n${table()}\n`);
  });

  it.each(Object.values(emulators))('lists what $name cannot do', ({ lacks }) => {
    for (const line of lacks) expect(page).toContain(`- ${line}\n`);
  });
});

describe('where a resource type is tested', () => {
  it('is listed for every type in a template, and for no other', async () => {
    expect(exercised.map(({ type }) => type)).toEqual(
      [...new Set((await Promise.all((['aws', 'localstack', 'ministack'] as const).map(typesFor))).flat())].sort(),
    );
  });

  it.each(['localstack', 'ministack'] as const)(
    'is "no" on %s exactly if its template does not have it',
    async (name) => {
      const deployed = exercised.filter((each) => each[name] !== 'no').map(({ type }) => type);
      expect(deployed).toEqual((await typesFor(name)).sort());
    },
  );

  it.each(exercised)('$type: each claim has evidence', ({ unit, laptop, dynamodbLocal, localstack, ministack, by }) => {
    for (const file of [unit, laptop, dynamodbLocal]) expect(file === undefined || existsSync(place(file))).toBe(true);
    const claimed = [localstack, ministack].some((seen) => seen === 'yes' || seen === 'part');
    expect(by.length > 0).toBe(claimed);
  });

  it('is printed after an acceptance test, with what the emulator cannot do; roles only if IAM was enforced', () => {
    const { ministack } = emulators;
    const lines = verdict(ministack!, { enforceIam: true });
    expect(lines[0]).toBe('Tested on ministack 1.5.33:');
    expect(lines).toEqual(expect.arrayContaining(['  Saved queries of Logs Insights, archives of an event bus.']));
    expect(lines.some((line) => line.includes('AWS::IAM::Role:'))).toBe(true);
    const loose = verdict(ministack!, { enforceIam: false });
    expect(loose.some((line) => line.includes('AWS::IAM::Role:'))).toBe(false);
  });
});

async function typesFor(target: 'aws' | 'localstack' | 'ministack'): Promise<string[]> {
  const { resources } = await synthesized(undefined, undefined, target);
  return [...new Set(Object.values(resources).map(({ Type }) => Type))];
}
