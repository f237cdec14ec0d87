import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UserError } from '../../core/user-error.ts';

export type Tool = 'promtool' | 'amtool';

/** Where .ci/prometheus-tools puts them. Git ignores it. */
const unpacked = fileURLToPath(new URL('../../.prometheus/usr/bin', import.meta.url));

/** What a tool said. Both print what fails to either stream. */
export interface Verdict {
  exitCode: number;
  out: string;
  err: string;
}

/** Where a tool is. @throws {UserError} that says how to install it */
export function toolPath(tool: Tool, folders: readonly string[] = foldersOfTools()): string {
  const found = folders.map((folder) => join(folder, tool)).find((file) => existsSync(file));
  if (found) return found;
  throw new UserError(
    `${tool} is not here. On Debian or Ubuntu, .ci/prometheus-tools fetches promtool and amtool into .prometheus/ and starts no service; elsewhere install Prometheus and Alertmanager (Homebrew: prometheus, alertmanager) so that both are on the PATH.`,
  );
}

const foldersOfTools = () => [unpacked, ...(process.env['PATH'] ?? '').split(delimiter)];

/** Runs a tool to its end. */
export function run(tool: Tool, args: readonly string[], cwd?: string): Verdict {
  const { status, stdout, stderr, error } = spawnSync(toolPath(tool), args, {
    encoding: 'utf8',
    cwd,
    maxBuffer: 256 * 1024 * 1024,
  });
  if (error) throw error;
  return { exitCode: status ?? -1, out: stdout, err: stderr };
}
