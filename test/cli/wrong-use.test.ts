import { mkdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ownFolder, tocsin, tocsinProcess } from '../support/command-line.ts';

const { path, write } = ownFolder();
const goodConfig = `
import { because, defineMonitoring } from 'tocsin';
export default defineMonitoring({ name: 'shop', operators: because('a test'), channels: {}, routes: {}, services: {} });
`;

/** What no user should ever see. */
const trace = /\n\s+at |node:internal|unsettled|uncaught/i;

describe('what a user does wrong is answered in a sentence, without a trace', () => {
  it.each([
    {
      case: 'a config that awaits what never comes',
      config: 'await new Promise(() => {});\nexport default {};',
      says: /config\.ts does not finish because a promise that it awaits never settles/,
    },
    {
      case: 'a config whose work fails later',
      config: `setTimeout(() => Promise.reject(new Error('too late')), 0);\nawait new Promise((done) => setTimeout(done, 200));\n${goodConfig}`,
      says: /Code that the config started failed later: too late\. Await it in the config/,
    },
    {
      case: 'a config that throws no error',
      config: 'throw Symbol("odd");',
      says: /fails while it runs: Symbol\(odd\)/,
    },
    {
      case: 'a config that exports a promise',
      config: 'export default new Promise(() => {});',
      says: /exports a promise\. Await it/,
    },
  ])('$case', async ({ config, says }) => {
    const { exitCode, err } = await tocsinProcess(['rules', 'list', '--config', write('config.ts', config)]);
    expect(err).toMatch(says);
    expect(err).not.toMatch(trace);
    expect(exitCode).toBe(1);
  });

  it('a config that leaves a timer running keeps no command from ending', async () => {
    const config = write('config.ts', `setInterval(() => {}, 1000);\n${goodConfig}`);
    expect((await tocsinProcess(['rules', 'list', '--config', config])).exitCode).toBe(0);
  });

  it('a .env that is a folder', async () => {
    mkdirSync(path('.env'));
    const config = write('config.ts', goodConfig);
    const { exitCode, err } = await tocsinProcess(['start', '--once', '--config', config], { cwd: path() });
    expect(err).toMatch(/^\.env is a folder\. Make it a text file with a line NAME=value for each secret\.$/m);
    expect(err).not.toMatch(trace);
    expect(exitCode).toBe(1);
  });

  it.each([
    {
      case: 'a config that is a folder',
      args: () => ['rules', 'list', '--config', path()],
      says: /is a folder\. Specify the config in it/,
    },
    {
      case: 'a scenario that is a folder',
      args: () => ['simulate', path()],
      says: /is a folder\. Specify a file, or one of /,
    },
    {
      case: 'a state that is a file',
      args: () => ['history', 'runs', '--state', write('file', '')],
      says: /--state .*file is a file\. Specify the path of a folder/,
    },
    {
      case: 'a run.json with nonsense',
      args: () => {
        mkdirSync(path('state'));
        write('state/run.json', '{"document":7}');
        return ['history', 'runs', '--state', path('state')];
      },
      says: /run\.json cannot be read: is not a Tocsin document\. Start Tocsin with this folder/,
    },
  ])('$case', async ({ args, says }) => {
    const { exitCode, err } = await tocsin(...args());
    expect(err).toMatch(says);
    expect(err).not.toMatch(trace);
    expect(exitCode).toBe(1);
  });
});
