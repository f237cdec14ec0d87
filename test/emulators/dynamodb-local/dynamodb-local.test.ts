import { chmodSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ownFolder } from '../../support/command-line.ts';
import { startDynamodbLocal } from './dynamodb-local.ts';

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
      /^Maven could not fetch DynamoDB Local:\nUnknown host/,
    ],
  ])('%s: is told in one line what to do', async (_, given, says) => {
    given();
    vi.stubEnv('PATH', folder.path());
    await expect(startDynamodbLocal(() => {}, folder.path('home'))).rejects.toThrow(says);
  });
});
