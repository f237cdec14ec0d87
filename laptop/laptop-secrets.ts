import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseEnv } from 'node:util';
import { EnvironmentSecrets } from '../adapters/environment-secrets.ts';
import { readUserText } from './text-file.ts';

/**
 * Secrets of this machine: environment variables, then the `.env` file of the config's folder, then the `.env` file of the
 * current folder. An empty value counts as missing.
 * @param configFolder the folder of the config file. @default the current folder
 * @throws {UserError} if a `.env` cannot be read as a text file
 */
export function laptopSecrets(configFolder = '.'): EnvironmentSecrets {
  const besideConfig = join(relative('.', configFolder), '.env');
  return new EnvironmentSecrets({
    environment: process.env,
    file: { ...variablesIn('.env'), ...variablesIn(besideConfig) },
    fileName: besideConfig,
  });
}

/** The variables of a `.env` file that have a value. */
function variablesIn(file: string): Record<string, string> {
  if (!existsSync(file)) return {};
  const variables = parseEnv(readUserText(file, 'Make it a text file with a line NAME=value for each secret'));
  return Object.fromEntries(Object.entries(variables).filter((entry): entry is [string, string] => Boolean(entry[1])));
}
