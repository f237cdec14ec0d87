import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { UserError } from '../../core/user-error.ts';
import { makeFolder } from '../../laptop/make-folder.ts';
import { readText } from '../../laptop/read-text.ts';
import type { DeploymentPage } from '../../tools/pages/deployment-pages.ts';
import { partBegins, partEnds, wholePage, withGenerated } from '../../tools/pages/generated-part.ts';

/** A page and whether it changed. */
export interface WrittenPage {
  page: DeploymentPage;
  did: 'written' | 'updated' | 'unchanged';
}

interface Plan extends WrittenPage {
  file: string;
  text: string;
}

/**
 * Writes pages into a folder. Only the generated part between the two comments of a page is replaced; the text of the user is
 * not changed. If any page is invalid, nothing is written.
 * @throws {UserError} with every page that cannot be written
 */
export function writePages(folder: string, pages: readonly DeploymentPage[]): WrittenPage[] {
  const plans = planned(folder, pages);
  writeAll(plans.filter(({ did }) => did !== 'unchanged'));
  return plans;
}

function planned(folder: string, pages: readonly DeploymentPage[]): Plan[] {
  const problems: string[] = [];
  const written = new Set<string>();
  const plans = pages.flatMap((page): Plan[] => {
    const file = resolve(folder, page.path);
    if (!file.startsWith(`${folder}${sep}`))
      problems.push(`${page.path} is outside ${folder}. Use a runbook name without ".."`);
    else if (written.has(page.path.toLowerCase()))
      problems.push(`${file} would be written twice. Rename the runbook of one of the rules`);
    else {
      written.add(page.path.toLowerCase());
      const old = existing(file);
      const text = old === undefined ? wholePage(page) : withGenerated(old, page.generated);
      if (text !== undefined) return [{ file, page, text, did: changeOf(old, text) }];
      problems.push(
        `${file} must contain these two lines once each, in this order: ${partBegins} and ${partEnds}. Add them around the generated part, or move the file`,
      );
    }
    return [];
  });
  if (problems.length > 0)
    throw new UserError(`Nothing was written:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
  return plans;
}

const changeOf = (old: string | undefined, text: string): WrittenPage['did'] => {
  if (old === undefined) return 'written';
  return old === text ? 'unchanged' : 'updated';
};

function existing(file: string): string | undefined {
  try {
    return readText(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new UserError(`Nothing was written: ${file} cannot be read: ${(error as Error).message}`);
  }
}

function writeAll(plans: readonly Plan[]): void {
  for (const [done, { file, text }] of plans.entries()) {
    try {
      makeFolder(dirname(file));
      writeFileSync(file, text);
    } catch (error) {
      throw new UserError(
        `${file} cannot be written (${done === 0 ? 'nothing' : `${done} of ${plans.length} pages`} was): ${(error as Error).message}`,
      );
    }
  }
}

/** Generated pages in a folder that no rule uses anymore. */
export function leftOver(folder: string, pages: readonly DeploymentPage[]): string[] {
  const runbooks = join(folder, 'runbooks');
  if (!existsSync(runbooks)) return [];
  return readdirSync(runbooks)
    .filter((file) => file.endsWith('.md') && !pages.some(({ path }) => path === `runbooks/${file}`))
    .filter((file) => readText(join(runbooks, file)).includes(partBegins))
    .map((file) => `runbooks/${file}`);
}
