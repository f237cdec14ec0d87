import { afterEach, describe, expect, it, vi } from 'vitest';
import { ownFolder } from '../support/command-line.ts';
import { emulators } from './emulators.ts';

const folder = ownFolder();
afterEach(() => vi.unstubAllEnvs());

describe('a machine that has nothing', () => {
  it.each([
    {
      name: 'localstack',
      needs: [/^Python 3\.13 or later .*pyenv install 3\.13/, /^DynamoDB Local needs a Java/, /by Maven; install mvn/],
    },
    { name: 'ministack', needs: [/^Python 3\.10 or later .*pyenv install 3\.10/] },
  ])(
    'is told all that $name needs, a line each with the fix, before anything is downloaded',
    async ({ name, needs }) => {
      vi.stubEnv('PATH', folder.path());
      vi.stubEnv('PYENV_ROOT', folder.path());
      vi.stubEnv('TOCSIN_PYTHON', '');
      const said: string[] = [];
      const failure = await emulators[name]!.install(folder.path('home'), (line) => said.push(line)).catch(
        (error) => error,
      );
      const lines = failure.message.split('\n');
      expect(lines).toEqual(needs.map((need) => expect.stringMatching(need)));
      expect(said).toEqual([]);
    },
  );
});
