import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Metafile } from 'esbuild';

/** The license of every package that is part of a bundle, as one text. */
export function licensesOf(bundles: readonly { metafile: Metafile; folder: string }[]): string {
  const packages = new Set(
    bundles.flatMap(({ metafile, folder }) =>
      Object.keys(metafile.inputs).flatMap(
        (input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(resolve(folder, input)) ?? [],
      ),
    ),
  );
  const texts = [...packages].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<
      string,
      string
    >;
    const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
    const text = file && existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8').trim() : '';
    return `${name} ${version}: ${license}\n\n${text}`.trimEnd();
  });
  return `Packages that are part of the files in this folder.\n\n${texts.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}
