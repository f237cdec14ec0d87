import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openState } from '../../laptop/open-state.ts';
import { StateFolder } from '../../laptop/state-folder.ts';
import { connectToStore } from '../../laptop/store.ts';
import { aDocument } from '../support/a-document.ts';
import { ownFolder } from '../support/command-line.ts';

const { path, write } = ownFolder();
const document = aDocument();

/** A folder in which a run of the document kept its state, and ended. */
async function afterARun(): Promise<StateFolder> {
  const folder = new StateFolder(path('state'));
  const { store } = await openState(folder, document, () => {});
  await store.close();
  folder.write({ document });
  return folder;
}

/** Opens the state and says what was reported. */
async function opened(folder: StateFolder) {
  const problems: string[] = [];
  const { store, inMemory } = await openState(folder, document, ({ title }) => problems.push(title));
  await store.close();
  return { inMemory, problems };
}

describe('the state of a laptop', () => {
  it.each([
    { case: 'is as the last run left it', harm: () => {}, inMemory: false, problems: [] },
    {
      case: 'is gone, though run.json says that there was one',
      harm: () => rmSync(path('state/shop-prod'), { recursive: true }),
      inMemory: false,
      problems: ['State is missing'],
    },
    {
      case: 'was emptied',
      harm: () => {
        rmSync(path('state/shop-prod'), { recursive: true });
        mkdirSync(path('state/shop-prod'));
      },
      inMemory: false,
      problems: ['State is missing'],
    },
    {
      case: 'is damaged',
      harm: () => writeFileSync(path('state/shop-prod/CURRENT'), 'nonsense'),
      inMemory: true,
      problems: ['State cannot be read'],
    },
    {
      case: 'lies under a file',
      harm: () => {
        rmSync(path('state/shop-prod'), { recursive: true });
        write('state/shop-prod', 'a file');
      },
      inMemory: true,
      problems: ['State cannot be read'],
    },
    ...['{"document": {', 'null', '[]', '{"document":{"name":"shop"}}'].map((text) => ({
      case: `has the run.json ${text}`,
      harm: () => write('state/run.json', text),
      inMemory: false,
      problems: ['A state file is damaged'],
    })),
  ])('that $case', async ({ harm, inMemory, problems }) => {
    const folder = await afterARun();
    harm();
    expect(await opened(folder)).toEqual({ inMemory, problems });
  });

  it('of a first run is nothing to speak of', async () => {
    expect(await opened(new StateFolder(path('new')))).toEqual({ inMemory: false, problems: [] });
  });

  it('is refused where --state is a file', async () => {
    write('file', '');
    await expect(opened(new StateFolder(path('file')))).rejects.toThrow(
      /^--state .*file is a file\. Specify the path of a folder; it is created if it does not exist\.$/,
    );
  });

  it('that is missing is no empty history for the commands that read it', async () => {
    const folder = await afterARun();
    rmSync(path('state/shop-prod'), { recursive: true });
    await expect(connectToStore(folder)).rejects.toThrow(/shop-prod is missing, but .*run\.json refers to it/);
  });
});
