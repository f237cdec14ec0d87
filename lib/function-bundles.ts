import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { functions } from '../functions/functions.ts';
import { bundleFunction, type CodeFiles } from './bundle-function.ts';

/**
 * The bundled code of a function. An installed package has it in `.mjs` files beside the function's contract, made when the
 * package was built. A clone has no such files, so that they can never be out of date: it bundles a function once per
 * process, from the current sources.
 */
export function bundleOf(name: string): CodeFiles {
  const code = made.get(name) ?? prebuiltOf(name) ?? madeNow(name);
  made.set(name, code);
  return code;
}

const made = new Map<string, CodeFiles>();

function prebuiltOf(name: string): CodeFiles | undefined {
  const folder = new URL(`../functions/${name}/`, import.meta.url);
  if (!existsSync(new URL('index.mjs', folder))) return undefined;
  const files = readdirSync(fileURLToPath(folder)).filter((file) => file.endsWith('.mjs'));
  return new Map(files.sort().map((file) => [file, readFileSync(new URL(file, folder))]));
}

function madeNow(name: string): CodeFiles {
  if (!functions.some((entry) => entry.name === name))
    throw new Error(`There is no function ${name}; add its line to functions/functions.ts.`);
  if (!existsSync(new URL(`../functions/${name}/handler.ts`, import.meta.url)))
    throw new Error(
      `The code of ${name} is not next to ${import.meta.url}. Do not bundle tocsin into your CDK app; keep it external.`,
    );
  return bundleFunction(name).files;
}
