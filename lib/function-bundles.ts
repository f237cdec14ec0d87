import { existsSync, readFileSync } from 'node:fs';
import { functions } from '../functions/functions.ts';
import { bundleFunctions } from './bundle-functions.ts';

/**
 * The bundled code of a function. An installed package has it in a file next to the function's contract, which the build of
 * the package created. A clone has no such files, so that they are never outdated: it bundles all functions from the sources,
 * once per process.
 */
export function bundleOf(name: string): Uint8Array {
  const prebuilt = new URL(`../functions/${name}/index.mjs`, import.meta.url);
  if (existsSync(prebuilt)) return readFileSync(prebuilt);
  made ??= bundleFunctions(functions.map((entry) => entry.name)).code;
  const code = made.get(name);
  if (!code) throw new Error(`There is no function ${name}; add it to functions/functions.ts.`);
  return code;
}

let made: ReadonlyMap<string, Uint8Array> | undefined;
