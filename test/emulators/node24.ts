import { existsSync } from 'node:fs';
import { mkdir, readlink, writeFile } from 'node:fs/promises';
import { basename, delimiter, join } from 'node:path';
import { emulatorsFolder, type Say } from './emulator.ts';
import { runningFrom } from './processes.ts';
import { runTool } from './tools.ts';

const folder = join(emulatorsFolder, 'node24');
/** Where its `node` lies. */
export const node24Bin = join(folder, 'node_modules/node24/bin');

/**
 * Installs the Node that the Lambdas are deployed for, from npm, whatever Node develops them. Where npm has none that is
 * known to work (it is tried on Linux), functions run under the machine's own.
 */
export async function installNode24(say: Say): Promise<void> {
  if (existsSync(join(node24Bin, 'node')) || process.platform !== 'linux') return;
  say('Installing Node 24 for the Lambdas (npm, 190 MB) ...');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), '{ "private": true }\n');
  const build = `node24@npm:node-linux-${process.arch === 'arm64' ? 'arm64' : 'x64'}@24`;
  await runTool('npm', ['install', '--silent', '--no-audit', '--no-fund', build], { cwd: folder });
}

/**
 * The Node that each process of a folder runs under, by where it lies: what an emulator starts its functions with.
 * Linux alone says so.
 */
export async function nodesUnder(home: string): Promise<string[]> {
  const programs = await Promise.all((await runningFrom(home)).map(({ pid }) => readlink(`/proc/${pid}/exe`)));
  return [...new Set(programs.filter((program) => basename(program) === 'node'))];
}

/** A path on which `node` is Node 24, where it is installed. */
export const pathWithNode24 = (): string => `${node24Bin}${delimiter}${process.env['PATH']}`;
