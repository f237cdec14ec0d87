import { readdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseDefinition } from '../../catalog/parse-definition.ts';
import { UserError } from '../../core/user-error.ts';
import { readText } from '../../laptop/read-text.ts';
import { deploymentPages } from '../../tools/pages/deployment-pages.ts';
import { bodyOf } from '../../tools/pages/generated-part.ts';
import { leftOver, writePages } from '../docs/page-folder.ts';
import { loadConfig } from '../load-config.ts';
import type { Terminal } from '../terminal.ts';

export interface DocsOptions {
  config: string;
  stage?: string;
  /** The folder of the pages. @default docs/<name>-<stage> */
  out?: string;
  /** The AWS Region, for links to the alarms in the console. */
  region?: string;
}

/**
 * `tocsin docs`: writes runbooks and a glossary for a config, and prints what was written.
 * @throws {UserError} if a page cannot be written
 */
export async function docs(options: DocsOptions, terminal: Terminal): Promise<void> {
  const document = parseDefinition(await loadConfig(options.config), { stage: options.stage, world: 'laptop' });
  const folder = resolve(options.out ?? join('docs', `${document.name}-${document.stage}`));
  if (folder === ownDocs)
    throw new UserError(`${folder} contains the pages of Tocsin itself. Specify another folder with --out.`);
  const pages = deploymentPages(document, { region: options.region, shipped: shippedBodies() });
  const results = writePages(folder, pages);

  const print = (words: string, paths: readonly string[]) => {
    if (paths.length > 0) terminal.print(`${words}: ${paths.join(', ')}`);
  };
  for (const did of ['written', 'updated', 'unchanged'] as const) {
    const paths = results.filter((result) => result.did === did).map(({ page }) => page.path);
    print(`${paths.length} ${did}`, paths);
  }
  const wanting = results.filter(({ did, page }) => did === 'written' && page.wantsBody);
  print(
    'Action required: write the text below the generated part of',
    wanting.map(({ page }) => page.path),
  );
  print('Not changed, because no rule uses them anymore', leftOver(folder, pages));
  const shown = relative(process.cwd(), folder) || '.';
  terminal.print(
    `The pages of ${document.name}/${document.stage} are in ${shown}. Messages link to ${document.runbooks}. To link to these pages, set runbooks in the config to ${join(shown, 'runbooks')}.`,
  );
}

const ownDocs = fileURLToPath(new URL('../../docs', import.meta.url));

/** The bodies of the runbooks of Tocsin, by page name. */
export function shippedBodies(): Map<string, string> {
  const folder = join(ownDocs, 'runbooks');
  return new Map(
    readdirSync(folder)
      .filter((file) => file.endsWith('.md') && file !== 'README.md')
      .map((file) => [file.slice(0, -'.md'.length), bodyOf(readText(join(folder, file)))]),
  );
}
