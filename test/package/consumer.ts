import { execFileSync, spawnSync } from 'node:child_process';
import { lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const own = JSON.parse(readFileSync('package.json', 'utf8')) as Record<'devDependencies', Record<string, string>>;
const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');

/** Builds and packs the package. @returns the tarball */
export function pack(into: string): string {
  execFileSync('npm', ['pack', '--silent', '--pack-destination', into], { stdio: 'inherit' });
  return join(into, readdirSync(into).find((name) => name.endsWith('.tgz'))!);
}

/** A fresh folder far from this repository, with the package installed from its tarball as a user would. */
export class Consumer {
  readonly folder = mkdtempSync(join(tmpdir(), 'tocsin-consumer-'));

  /** @param beside what the user has, of the versions that this repository has */
  constructor(tarball: string, beside: readonly string[]) {
    const dependencies = Object.fromEntries(beside.map((name) => [name, own.devDependencies[name]]));
    this.write('package.json', JSON.stringify({ name: 'consumer', private: true, type: 'module', dependencies }));
    execFileSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', resolve(tarball)], {
      cwd: this.folder,
    });
  }

  write(file: string, text: string): void {
    mkdirSync(dirname(join(this.folder, file)), { recursive: true });
    writeFileSync(join(this.folder, file), text);
  }

  read = (file: string): string => readFileSync(join(this.folder, file), 'utf8');

  /** What a program says and its exit code. */
  run(
    program: string,
    args: readonly string[],
    env: Record<string, string> = {},
  ): { status: number | null; said: string } {
    const { status, stdout, stderr } = spawnSync(program, args, {
      cwd: this.folder,
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1', ...env },
    });
    return { status, said: stdout + stderr };
  }

  /** Compiles files, strictly. @returns the complaints, those about declarations of libraries included */
  compile(files: readonly string[], options: readonly string[]): string {
    const strict = ['--strict', '--noUncheckedIndexedAccess', '--target', 'es2022', '--types', 'node'];
    return this.run(process.execPath, [tsc, ...strict, ...options, ...files]).said;
  }

  /** How much is installed, in megabytes. */
  megabytes(): number {
    const modules = join(this.folder, 'node_modules');
    const files = readdirSync(modules, { recursive: true, encoding: 'utf8' }).map((file) =>
      lstatSync(join(modules, file)),
    );
    return files.reduce((sum, { size }) => sum + size, 0) / 1e6;
  }

  remove = () => rmSync(this.folder, { recursive: true, force: true });
}
