import { describe, expect, it } from 'vitest';
import { type Difference, differences, targetOf, targets } from '../../lib/target.ts';
import { ofType, sayValue, synthesized } from './synthesized.ts';

const forAws = parts(await synthesized());
const emulators = targets.filter((target) => target !== 'aws');

describe.each(emulators)('the templates for %s', async (emulator) => {
  const changed = changedParts(forAws, parts(await synthesized(undefined, undefined, emulator)));
  const allowed = Object.entries<Difference>(differences).filter(([, { on }]) => on.includes(emulator));

  it('differ from those for AWS in nothing but the list of differences', () => {
    const touches = allowed.flatMap(([, difference]) => difference.touches);
    expect(changed.filter((part) => !touches.some((pattern) => pattern.test(part)))).toEqual([]);
  });

  it.each(allowed)('differ by %s, or it would stand in the list for nothing', (_, { touches }) => {
    expect(touches.filter((pattern) => !changed.some((part) => pattern.test(part)))).toEqual([]);
  });
});

describe('what MiniStack may not check', () => {
  it('is the resource of sending mail and of describing alarms, and of nothing else', async () => {
    const statements = async (target: 'aws' | 'ministack') => {
      const { resources } = await synthesized(undefined, undefined, target);
      return ofType(resources, 'AWS::IAM::Role').flatMap(([id, role]) =>
        // biome-ignore lint/suspicious/noExplicitAny: policy statements are JSON
        role.Properties.Policies[0].PolicyDocument.Statement.map((statement: any) => ({ id, ...statement })),
      );
    };
    const [strict, loose] = await Promise.all([statements('aws'), statements('ministack')]);
    const wider = strict.filter((statement, i) => sayValue(statement.Resource) !== sayValue(loose[i].Resource));
    expect(wider.map(({ Action }) => Action)).toEqual(['ses:SendRawEmail', 'cloudwatch:DescribeAlarms']);
    expect(loose.map(({ Action }) => Action)).toEqual(strict.map(({ Action }) => Action));
  });
});

describe('the switch', () => {
  it.each([
    { said: undefined, target: 'aws' },
    { said: 'aws', target: 'aws' },
    { said: 'localstack', target: 'localstack' },
  ])('-c target=$said means $target', ({ said, target }) => {
    expect(targetOf(said)).toBe(target);
  });

  it('says what there is when a target is unknown', () => {
    expect(() => targetOf('moon')).toThrow('-c target: "moon" is not a target; use one of aws, localstack, ministack');
  });
});

/**
 * All that templates say, by place: `<type> <logical id>` for a resource's being there and
 * `<type> <logical id> <property path>` for each value, so that two templates can be compared.
 */
function parts({ templates }: Awaited<ReturnType<typeof synthesized>>): Map<string, string> {
  const found = new Map<string, string>();
  const { state, pipeline, alarms } = templates;
  for (const [name, template] of Object.entries({ state, pipeline, ...alarms })) {
    for (const [section, content] of Object.entries(template as Record<string, unknown>)) {
      if (section !== 'Resources') {
        found.set(`${section}\t${name}`, JSON.stringify(content));
        continue;
      }
      for (const [id, { Type, ...resource }] of Object.entries(content as Record<string, { Type: string }>)) {
        found.set(`${Type}\t${id}`, '');
        walk(resource, `${Type}\t${id}\t`, found);
      }
    }
  }
  return found;
}

function walk(value: unknown, path: string, found: Map<string, string>): void {
  if (typeof value !== 'object' || value === null) return void found.set(path, JSON.stringify(value));
  for (const [key, inner] of Object.entries(value))
    walk(inner, path.endsWith('\t') ? `${path}${key}` : `${path}.${key}`, found);
}

/** What differs, without ids: the type alone where a whole resource came or went, else the type and the property's path. */
function changedParts(before: Map<string, string>, after: Map<string, string>): string[] {
  const changed = new Set<string>();
  for (const part of new Set([...before.keys(), ...after.keys()])) {
    if (before.get(part) === after.get(part)) continue;
    const [type, id, path] = part.split('\t') as [string, string, string?];
    const whole = `${type}\t${id}`;
    const inBoth = before.has(whole) && after.has(whole);
    changed.add(inBoth && path ? `${type} ${path}` : type);
  }
  return [...changed].sort();
}
