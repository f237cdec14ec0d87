import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import PostalMime from 'postal-mime';
import type { ChildOrder, ChildReport, ListedPoint } from './laptop-child.ts';

/** How a child ended: by its own report, or killed. */
export type Ending = { killed: true } | { killed: false; report: ChildReport };

/** Starts laptop runs in processes of their own. The program is bundled once, so that a start takes half a second. */
export class LaptopChildren {
  readonly folder: string;
  readonly #program: string;

  private constructor(folder: string, program: string) {
    this.folder = folder;
    this.#program = program;
  }

  static async prepare(): Promise<LaptopChildren> {
    const folder = await mkdtemp(join(tmpdir(), 'tocsin-kill-'));
    const program = join(folder, 'child.mjs');
    await build({
      entryPoints: [fileURLToPath(new URL('./laptop-child.ts', import.meta.url))],
      outfile: program,
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      mainFields: ['module', 'main'],
      banner: {
        js: "import { createRequire as $require } from 'node:module'; const require = $require(import.meta.url);",
      },
      // Its native database cannot be bundled; it is taken from where this package has it.
      plugins: [
        {
          name: 'dynalite from here',
          setup: ({ onResolve }) =>
            onResolve({ filter: /^(dynalite|level|memory-level)(\/|$)/ }, ({ path }) => ({
              path: pathToFileURL(createRequire(import.meta.url).resolve(path)).href,
              external: true,
            })),
        },
      ],
      logLevel: 'warning',
    });
    return new LaptopChildren(folder, program);
  }

  /** A folder for the state of one more laptop. */
  state(): Promise<string> {
    return mkdtemp(join(this.folder, 'state-'));
  }

  /** Runs a child to its end. @throws when it ended neither by its report nor by the kill that it was told */
  run(order: ChildOrder): Promise<Ending> {
    return new Promise((resolve, reject) => {
      execFile(process.execPath, [this.#program, JSON.stringify(order)], (error, stdout, stderr) => {
        if (error?.signal === 'SIGKILL') resolve({ killed: true });
        else if (error) reject(new Error(`the child failed: ${stderr || error.message}`));
        else resolve({ killed: false, report: JSON.parse(stdout) as ChildReport });
      });
    });
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }
}

/** The points that a child listed in its state folder. */
export async function listedPoints(state: string): Promise<ListedPoint[]> {
  const lines = (await readFile(join(state, 'points.jsonl'), 'utf8')).trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line) as ListedPoint);
}

/** The subjects of the mails in a state folder's outbox, the oldest first. */
export async function mailSubjects(state: string): Promise<string[]> {
  const outbox = join(state, 'outbox');
  const files = (await readdir(outbox).catch(() => [])).sort();
  return Promise.all(
    files.map(async (file) => (await PostalMime.parse(await readFile(join(outbox, file)))).subject ?? ''),
  );
}
