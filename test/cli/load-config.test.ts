import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { parseDefinition } from '../../catalog/parse-definition.ts';
import { ConfigFileError, loadConfig } from '../../cli/load-config.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'somewhere else-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

describe('loading a config', () => {
  it('loads the example, which passes the door for AWS in both stages', async () => {
    const input = await loadConfig('monitoring.config.ts');
    expect(parseDefinition(input, { world: 'aws' }).stage).toBe('dev');
    expect(parseDefinition(input, { world: 'aws', stage: 'prod' }).stage).toBe('prod');
  });

  it.each([
    {
      case: 'a folder that no package owns imports from tocsin',
      files: {},
      config: `import { defineMonitoring } from 'tocsin';
               export default defineMonitoring({ name: 'mine' } as never);`,
    },
    {
      case: 'a package of another module kind imports from tocsin',
      files: { 'package.json': '{ "type": "commonjs" }' },
      config: `import { defineMonitoring } from 'tocsin';
               export default defineMonitoring({ name: 'mine' } as never);`,
    },
    {
      case: 'a config is split into files',
      files: { 'parts/name.ts': `export const name: string = 'mine';` },
      config: `import { name } from './parts/name.ts'; export default { name };`,
    },
    {
      case: 'a config imports a CommonJS package of its own, which requires a module of Node',
      files: {
        'node_modules/theirs/index.js': `const { posix } = require('node:path'); exports.name = posix.basename('/a/mine');`,
      },
      config: `import theirs from 'theirs'; export default { name: theirs.name };`,
    },
    {
      case: 'a config reads a file that lies beside it',
      files: { 'name.txt': 'mine' },
      config: `import { readFileSync } from 'node:fs';
               export default { name: readFileSync(new URL('./name.txt', import.meta.url), 'utf8') };`,
    },
  ])('works when $case', async ({ files, config }) => {
    for (const [name, text] of Object.entries(files)) file(name, text);
    expect(await loadConfig(file('monitoring.config.ts', config))).toEqual({ name: 'mine' });
  });

  it.each([
    {
      case: 'has a syntax error',
      config: 'export default {\n  name: = 1 };',
      says: /monitoring\.config\.ts:2:9: Unexpected token$/,
    },
    {
      case: 'imports what is not there',
      config: `import './gone.ts'; export default {};`,
      says: /Could not resolve "\.\/gone\.ts"/,
    },
    {
      case: 'exports nothing by default',
      config: 'export const monitoring = {};',
      says: /has no default export\. Add/,
    },
    {
      case: 'throws while it runs',
      config: `throw new Error('no such thing');`,
      says: /fails while it runs: no such thing$/,
    },
  ])('says in one line that a config $case', async ({ config, says }) => {
    const error = await loadConfig(file('monitoring.config.ts', config)).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(ConfigFileError);
    expect((error as Error).message).toMatch(says);
    expect((error as Error).message).not.toContain('\n');
  });

  it('says where it looked for a config that is missing', async () => {
    await expect(loadConfig(join(folder, 'none.ts'))).rejects.toThrow(
      `There is no config at ${join(folder, 'none.ts')}.`,
    );
  });

  it('leaves nothing behind, whether it loads or fails', async () => {
    mkdirSync(join(folder, 'temporary'));
    vi.stubEnv('TMPDIR', join(folder, 'temporary'));
    await loadConfig(file('good.ts', 'export default {};'));
    await loadConfig(file('bad.ts', `throw new Error('no');`)).catch(() => {});
    vi.unstubAllEnvs();
    expect(readdirSync(join(folder, 'temporary'))).toEqual([]);
  });
});
