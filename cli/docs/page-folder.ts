import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { UserError } from '../../core/user-error.ts';
import { makeFolder } from '../../laptop/make-folder.ts';
import { readText } from '../../laptop/read-text.ts';
import type { DeploymentPage } from '../../tools/pages/deployment-pages.ts';
import { partBegins, partEnds, wholePage, withGenerated } from '../../tools/pages/generated-part.ts';

/** What became of a page. */
export interface WrittenPage {
  page: DeploymentPage;
  did: 'written' | 'brought up to date' | 'unchanged';
}

interface Plan extends WrittenPage {
  file: string;
  text: string;
}

/**
 * Writes pages into a folder. What people wrote on one stays: only the part between its two comments is written anew, and
 * nothing at all while a page is not as it should be.
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
      problems.push(`${page.path} lies outside of ${folder}: name the runbook without ..`);
    else if (written.has(page.path.toLowerCase()))
      problems.push(`${file} would be written twice: give the rule's runbook another name`);
    else {
      written.add(page.path.toLowerCase());
      const old = existing(file);
      const text = old === undefined ? wholePage(page) : withGenerated(old, page.generated);
      if (text !== undefined) return [{ file, page, text, did: whatBecame(old, text) }];
      problems.push(
        `${file} does not hold these two lines once each, in this order: ${partBegins} and ${partEnds}. Put them where the generated part belongs, or move the file away`,
      );
    }
    return [];
  });
  if (problems.length > 0)
    throw new UserError(`Nothing was written:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
  return plans;
}

const whatBecame = (old: string | undefined, text: string): WrittenPage['did'] => {
  if (old === undefined) return 'written';
  return old === text ? 'unchanged' : 'brought up to date';
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

/** Pages of ours in a folder that belong to no rule any more. */
export function leftOver(folder: string, pages: readonly DeploymentPage[]): string[] {
  const runbooks = join(folder, 'runbooks');
  if (!existsSync(runbooks)) return [];
  return readdirSync(runbooks)
    .filter((file) => file.endsWith('.md') && !pages.some(({ path }) => path === `runbooks/${file}`))
    .filter((file) => readText(join(runbooks, file)).includes(partBegins))
    .map((file) => `runbooks/${file}`);
}
