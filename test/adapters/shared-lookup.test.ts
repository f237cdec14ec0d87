import { describe, expect, it } from 'vitest';
import { sharedLookup } from '../../adapters/shared-lookup.ts';

/** Look-ups that are answered when the test says so. */
function hanging() {
  const asked: { hostname: string; answer: (address: string) => void }[] = [];
  const lookup = sharedLookup((hostname, _, callback) => {
    asked.push({ hostname, answer: (address) => callback(null, address, 4) });
  });
  const answers: string[] = [];
  const ask = (hostname: string, family: 0 | 4 = 0) =>
    lookup(hostname, { family }, (_, address) => answers.push(`${hostname} ${String(address)}`));
  return { asked, answers, ask };
}

describe('a name', () => {
  it('is looked up once at a time, and all requests share the result', () => {
    const { asked, answers, ask } = hanging();
    for (const name of ['gone.example', 'gone.example', 'here.example', 'gone.example']) ask(name);
    expect(asked.map(({ hostname }) => hostname)).toEqual(['gone.example', 'here.example']);
    asked[0]!.answer('192.0.2.1');
    expect(answers).toEqual(Array(3).fill('gone.example 192.0.2.1'));
  });

  it('is looked up again after a result, and separately for another family', () => {
    const { asked, ask } = hanging();
    ask('a.example');
    ask('a.example', 4);
    expect(asked).toHaveLength(2);
    asked[0]!.answer('192.0.2.1');
    ask('a.example');
    expect(asked).toHaveLength(3);
  });
});
