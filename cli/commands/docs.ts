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
  /** Where the pages go. @default docs/<name>-<stage> */
  out?: string;
  /** For links to the alarms in the console. */
  region?: string;
}

/**
 * `tocsin docs`: runbooks and a glossary of one's own config, and what was written.
 * @throws {UserError} when a page cannot be written
 */
export async function docs(options: DocsOptions, terminal: Terminal): Promise<void> {
  const document = parseDefinition(await loadConfig(options.config), { stage: options.stage, world: 'laptop' });
  const folder = resolve(options.out ?? join('docs', `${document.name}-${document.stage}`));
  if (folder === ownDocs)
    throw new UserError(`${folder} holds the pages that come with Tocsin; choose another folder with --out.`);
  const pages = deploymentPages(document, { region: options.region, shipped: shippedBodies() });
  const results = writePages(folder, pages);

  const say = (words: string, paths: readonly string[]) => {
    if (paths.length > 0) terminal.print(`${words}: ${paths.join(', ')}`);
  };
  for (const did of ['written', 'brought up to date', 'unchanged'] as const) {
    const paths = results.filter((result) => result.did === did).map(({ page }) => page.path);
    say(`${paths.length} ${did}`, paths);
  }
  const wanting = results.filter(({ did, page }) => did === 'written' && page.wantsBody);
  say(
    'Still yours to write, below the frame',
    wanting.map(({ page }) => page.path),
  );
  say('No rule has these any more, left as they are', leftOver(folder, pages));
  const shown = relative(process.cwd(), folder) || '.';
  terminal.print(
    `The pages of ${document.name}/${document.stage} are in ${shown}. Messages link to ${document.runbooks}: let the config's runbooks lead to ${join(shown, 'runbooks')}.`,
  );
}

const ownDocs = fileURLToPath(new URL('../../docs', import.meta.url));

/** The bodies of the pages that come with Tocsin, by their names. */
export function shippedBodies(): Map<string, string> {
  const folder = join(ownDocs, 'runbooks');
  return new Map(
    readdirSync(folder)
      .filter((file) => file.endsWith('.md') && file !== 'README.md')
      .map((file) => [file.slice(0, -'.md'.length), bodyOf(readText(join(folder, file)))]),
  );
}
