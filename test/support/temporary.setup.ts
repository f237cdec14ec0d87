import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Gives the whole run a temporary folder of its own and deletes it at the end. Tests delete what they make; the CDK does
 * not (a folder for each app that is synthesized), nor does a process that was killed.
 */
export function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-'));
  process.env['TMPDIR'] = folder;
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
