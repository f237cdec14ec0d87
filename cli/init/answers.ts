import { createInterface } from 'node:readline/promises';
import { parseDefinition } from '../../catalog/parse-definition.ts';
import { email, health } from '../../index.ts';
import type { Project } from './project.ts';

/** The input of `tocsin init`. */
export interface Answers {
  name: string;
  /** The URL of the service that is monitored first. */
  url: string;
  /** The address that receives alerts, and notifications about failures of the pipeline itself. */
  email: string;
  timeZone: string;
}

/** The default answers. They are valid examples; the user changes them in the file. */
export const defaultAnswers = ({ suggestedName }: Project): Answers => ({
  name: suggestedName,
  url: 'https://classifier.example.com',
  email: 'ml-team@example.com',
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
});

/**
 * Validates answers as the config that is written from them will be.
 * @throws {ConfigError} with every answer that is not valid
 */
export function expectValid({ name, url, email: address, timeZone }: Answers): void {
  const team = email({ from: address, to: [address] });
  const api = { url, checks: [health({ every: '1 minute' })], rules: { because: 'the file has them' } };
  parseDefinition(
    { name, timeZone, operators: [address], channels: { team }, routes: {}, services: { api } },
    { world: 'laptop' },
  );
}

/** Asks on the terminal. An empty answer selects the default. */
export async function ask(defaults: Answers): Promise<Answers> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const question = async (text: string, otherwise: string) =>
    (await terminal.question(`${text} [${otherwise}]: `)).trim() || otherwise;
  try {
    return {
      name: await question('Name of the deployment', defaults.name),
      url: await question('URL of a service to monitor', defaults.url),
      email: await question('Email address for alerts', defaults.email),
      timeZone: await question('Time zone', defaults.timeZone),
    };
  } finally {
    terminal.close();
  }
}
