import { existsSync, readFileSync } from 'node:fs';
import { functions } from '../functions/functions.ts';
import { bundleFunctions } from './bundle-functions.ts';

/**
 * The bundled code of a function. An installed package has it in a file beside the function's contract, made when the
 * package was built. A clone has no such files, so that they can never be out of date: there all bundles are made once a
 * process, from the sources as they are.
 */
export function bundleOf(name: string): Uint8Array {
  const prebuilt = new URL(`../functions/${name}/index.mjs`, import.meta.url);
  if (existsSync(prebuilt)) return readFileSync(prebuilt);
  made ??= bundleFunctions(functions.map((entry) => entry.name)).code;
  const code = made.get(name);
  if (!code) throw new Error(`There is no function ${name}; add its line to functions/functions.ts.`);
  return code;
}

let made: ReadonlyMap<string, Uint8Array> | undefined;
