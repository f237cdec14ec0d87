import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { UserError } from '../../../core/user-error.ts';

const run = promisify(execFile);

/** Makes sure that DynamoDB Local can be compiled and run. @throws {UserError} that says what was found and what to install */
export async function needJava(): Promise<void> {
  const { stderr } = await run('java', ['-version']).catch(() => ({ stderr: '' }));
  const major = Number(/version "(\d+)/.exec(stderr)?.[1] ?? 0);
  // Of a mere runtime: a file is compiled.
  const compiles = await run('javac', ['-version']).then(
    () => true,
    () => false,
  );
  if (major >= 17 && compiles) return;
  const found = major === 0 ? 'none was found' : major < 17 ? `found ${major}` : 'found a runtime without its compiler';
  throw new UserError(
    `DynamoDB Local needs a Java development kit of version 17 or later, ${found}; install one (Debian: openjdk-17-jdk-headless) and try again.`,
  );
}

/** Makes sure that DynamoDB Local can be fetched. @throws {UserError} that says what to install */
export async function needMaven(): Promise<void> {
  await run('mvn', ['--version']).catch(() => {
    throw new UserError('DynamoDB Local is fetched by Maven; install mvn (Debian: maven) and try again.');
  });
}
