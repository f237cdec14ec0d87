import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseJson } from '../../core/parse-json.ts';

/** The folder of a user, as `tocsin init` detects it. */
export interface Project {
  folder: string;
  /** A name for the deployment, made from the name of the package or folder. */
  suggestedName: string;
  hasPackage: boolean;
  /** Whether its TypeScript is ESM, so that imports need file extensions. */
  isEsm: boolean;
  /** The file that builds the CDK app, from the `app` command of cdk.json; undefined without a CDK app. */
  cdkApp?: string;
  /** Whether cdk.json starts an app in another language, which cannot use the construct. */
  hasOtherApp: boolean;
  /** Paths that an existing .gitignore does not list, and that must not be committed. */
  notIgnored: readonly string[];
  ci: 'github' | 'gitlab' | 'none';
}

/** The app that `tocsin init` creates if there is none. */
export const ownApp = 'monitoring.app.ts';

/** Detects the project in a folder. Files that cannot be read count as missing. */
export function projectIn(folder: string): Project {
  const json = (file: string): Record<string, unknown> | undefined => {
    const path = join(folder, file);
    const content = existsSync(path) ? parseJson(readFileSync(path, 'utf8')) : undefined;
    return typeof content === 'object' && content !== null ? (content as Record<string, unknown>) : undefined;
  };
  const manifest = json('package.json');
  const app = json('cdk.json')?.['app'];
  const cdkApp = typeof app === 'string' ? appFileOf(app) : undefined;
  return {
    folder,
    suggestedName: deploymentNameFrom(String(manifest?.['name'] ?? basename(folder))),
    hasPackage: manifest !== undefined,
    isEsm: manifest?.['type'] === 'module',
    ...(cdkApp !== undefined && cdkApp !== ownApp && { cdkApp }),
    hasOtherApp: typeof app === 'string' && cdkApp === undefined,
    notIgnored: notIgnoredIn(join(folder, '.gitignore')),
    ci: existsSync(join(folder, '.gitlab-ci.yml')) ? 'gitlab' : existsSync(join(folder, '.github')) ? 'github' : 'none',
  };
}

/** `bin/app.ts` of `npx ts-node --prefer-ts-exts bin/app.ts`. */
const appFileOf = (command: string): string | undefined =>
  command.split(/\s+/).find((word) => /\.(ts|mts|cts|js|mjs|cjs)$/.test(word));

/** What an existing .gitignore lacks; nothing if there is none, because it is created. */
function notIgnoredIn(file: string): string[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8')
    .split(/\r?\n/)
    .map((line) => line.trim().replace(/^\/|\/$/g, ''));
  return ['.env', '.tocsin'].filter((path) => !lines.includes(path));
}

/** Converts a name to a valid deployment name: lower case letters, digits and hyphens, at most 30 characters. */
export function deploymentNameFrom(name: string): string {
  const words = name
    .replace(/^@[^/]*\//, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^[^a-z]+|-+$/g, '');
  return words.slice(0, 30).replace(/-+$/, '') || 'monitoring';
}
