import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants } from 'node:zlib';
import * as z from 'zod';
import { emulatorsFolder } from '../emulator.ts';

/** A cloud assembly of an earlier commit: its templates and the bundles of its functions, all of them text. */
const baseline = z.object({ commit: z.string(), files: z.record(z.string(), z.string()) });
export type Baseline = z.infer<typeof baseline>;

/** The committed fixture; `npm run aws:baseline` writes it. */
const fixture = fileURLToPath(new URL('baseline.json.br', import.meta.url));

/** What upgrades start from. */
export const readBaseline = async (): Promise<Baseline> =>
  baseline.parse(JSON.parse((await promisify(brotliDecompress)(await readFile(fixture))).toString()));

/** The bundles share most of their code: a window over all of them makes one of eight. */
export async function writeBaseline(recorded: Baseline): Promise<number> {
  const params = { [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_QUALITY]: 11 };
  const packed = await promisify(brotliCompress)(JSON.stringify(recorded), { params });
  await writeFile(fixture, packed);
  return packed.length;
}

/** Lays the assembly out for the CDK command line. @returns its folder */
export async function unpack({ files }: Baseline): Promise<string> {
  const folder = join(emulatorsFolder, 'baseline');
  await rm(folder, { recursive: true, force: true });
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return folder;
}
