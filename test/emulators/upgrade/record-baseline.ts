// npm run aws:baseline -- <commit>: what upgrades start from is the acceptance's own deployment as of that commit.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { emulatorEnvironment } from '../loopback-only.ts';
import { writeBaseline } from './baseline.ts';

const git = (...args: string[]) => execFileSync('git', args, { maxBuffer: 1 << 28 });

const commit = git('rev-parse', '--short', '--verify', `${process.argv[2] ?? 'HEAD'}^{commit}`)
  .toString()
  .trim();
const folder = mkdtempSync(join(tmpdir(), 'tocsin-baseline-'));
try {
  execFileSync('tar', ['-x', '-C', folder], { input: git('archive', commit) });
  const sameLock = readFileSync(join(folder, 'package-lock.json')).equals(readFileSync('package-lock.json'));
  // Its own dependencies: those of today only where they are the same.
  if (sameLock) symlinkSync(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'));
  else execFileSync('npm', ['ci', '--silent'], { cwd: folder, stdio: 'inherit' });
  const context = ['-c', 'target=ministack', '-c', 'config=test/emulators/acceptance.config.ts'];
  execFileSync(process.execPath, ['node_modules/aws-cdk/bin/cdk', 'synth', '--quiet', ...context], {
    cwd: folder,
    stdio: ['ignore', 'inherit', 'inherit'],
    // No emulator is asked for anything: this is about the Region, and about no account of whoever runs it.
    env: { ...emulatorEnvironment('http://127.0.0.1:1'), CDK_VALIDATION: 'false' },
  });
  const assembly = join(folder, 'cdk.out');
  const paths = readdirSync(assembly, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(assembly.length + 1))
    // What only people look at.
    .filter((path) => !['tree.json', 'cdk.lock', 'validation-report.json'].includes(path))
    .sort();
  const files = Object.fromEntries(paths.map((path) => [path, readFileSync(join(assembly, path), 'utf8')]));
  const bytes = await writeBaseline({ commit, files });
  console.log(`Recorded ${paths.length} files of ${commit}: ${Math.round(bytes / 1024)} KB.`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
