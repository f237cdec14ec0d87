import { createInterface } from 'node:readline/promises';
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
