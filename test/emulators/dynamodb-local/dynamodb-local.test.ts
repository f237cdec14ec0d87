import { chmodSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ownFolder } from '../../support/command-line.ts';
import { startDynamodbLocal } from './dynamodb-local.ts';
import { fetchLibraries } from './fetch.ts';

const folder = ownFolder();
afterEach(() => vi.unstubAllEnvs());

/** A program on an otherwise empty path, which only prints. */
function program(name: string, prints: string): void {
  chmodSync(folder.write(name, `#!/bin/sh\n${prints}\n`), 0o755);
}

const java = (version: string) => program('java', `echo 'openjdk version "${version}" 2026-01-01' >&2`);

describe('a machine that lacks something for DynamoDB Local', () => {
  it.each<[string, () => void, RegExp]>([
    ['no Java', () => {}, /needs a Java development kit of version 17 or later, none was found; install one/],
    ['an old Java', () => java('11.0.2'), /17 or later, found 11; install one/],
    ['a Java that only runs', () => java('21.0.1'), /found a runtime without its compiler; install one/],
    [
      'no Maven',
      () => {
        java('17.0.15');
        program('javac', 'echo javac 17');
      },
      /is fetched by Maven; install mvn/,
    ],
    [
      'no way to Maven Central',
      () => {
        java('17.0.15');
        program('javac', 'echo javac 17');
        program('mvn', '[ "$1" = --version ] && exit 0; echo "Unknown host"; exit 1');
      },
      /^Maven could not fetch DynamoDB Local, at 3 tries:\nUnknown host/,
    ],
  ])('%s: is told in one line what to do', async (_, given, says) => {
    given();
    vi.stubEnv('PATH', folder.path());
    await expect(startDynamodbLocal(() => {}, { home: folder.path('home'), waitsMs: [0, 0] })).rejects.toThrow(says);
  });
});

describe('fetching it', () => {
  /** A Maven that fails so many times and then succeeds; it notes how it was called. */
  const maven = (failures: number) =>
    program(
      'mvn',
      `calls="${folder.path('calls')}"; echo "$*" >> "$calls"; [ $(grep -c . "$calls") -gt ${failures} ] || { echo "try $(grep -c . "$calls"): 503"; exit 1; }`,
    );
  const calls = () => readFileSync(folder.path('calls'), 'utf8').trim().split('\n');
  const path = process.env['PATH'];

  it.each([
    { failures: 0, tries: 1 },
    { failures: 1, tries: 2 },
    { failures: 2, tries: 3 },
  ])(
    'succeeds at try $tries when $failures fail, and has Maven look again for what it could not find',
    async (given) => {
      maven(given.failures);
      vi.stubEnv('PATH', `${folder.path()}:${path}`);
      const said: string[] = [];
      await fetchLibraries(folder.path('lib'), (line) => said.push(line), [0, 0]);
      expect(calls().map((call) => call.startsWith('-U '))).toEqual([false, true, true].slice(0, given.tries));
      expect(said).toHaveLength(given.failures);
    },
  );

  it('gives up after three, with what Maven said the last time', async () => {
    maven(3);
    vi.stubEnv('PATH', `${folder.path()}:${path}`);
    await expect(fetchLibraries(folder.path('lib'), () => {}, [0, 0])).rejects.toThrow(/at 3 tries:\ntry 3: 503$/);
    expect(calls()).toHaveLength(3);
  });
});

describe('pom.xml', () => {
  const pom = readFileSync(new URL('pom.xml', import.meta.url), 'utf8');
  const natives = (part: string) =>
    [...part.matchAll(/<artifactId>((?:lib)?sqlite4java-[\w-]+)<\/artifactId>/g)].map(([, name]) => name);

  it('leaves out the native libraries of all systems, and takes in one for the system at hand', () => {
    const [main = '', ...profiles] = pom.split('<profile>');
    expect(natives(main).sort()).toEqual([
      'libsqlite4java-linux-amd64',
      'libsqlite4java-linux-i386',
      'libsqlite4java-osx',
      'sqlite4java-win32-x64',
      'sqlite4java-win32-x86',
    ]);
    expect(profiles.map(natives)).toEqual([
      ['libsqlite4java-linux-amd64'],
      ['libsqlite4java-osx'],
      ['sqlite4java-win32-x64'],
    ]);
    for (const profile of profiles) expect(profile).toContain('<activation>');
  });
});
