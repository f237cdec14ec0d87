import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MailSeen } from '../acceptance/world.ts';

/** The folder of everything that emulators need. Git ignores it; deleting it loses nothing but time. */
export const emulatorsFolder = fileURLToPath(new URL('../../.emulators', import.meta.url));

/** Tells a person what is being done, a line at a time. */
export type Say = (line: string) => void;

/** How to start an emulator that is installed. */
export interface Launch {
  /** A program inside the emulator's folder, so that its process can be found again. */
  program: string;
  args: readonly string[];
  env: NodeJS.ProcessEnv;
}

/** What differs from emulator to emulator. */
export interface Emulator {
  readonly name: 'ministack' | 'localstack';
  readonly version: string;
  /** The folder that it is installed in and runs out of. @default `.emulators/<name>` */
  readonly home?: string;
  readonly defaultPort: number;
  /** The path that answers with 200 as soon as requests are served. */
  readonly health: string;
  /** The path of the inbox: the mails that SES took. */
  readonly inbox: string;
  /** Whether an alarm looks only at the values with its own dimensions. */
  readonly tellsTargetsApart: boolean;
  /** Whether the message of an alarm quotes the newest value, as CloudWatch's does. */
  readonly quotesValues: boolean;
  /** The types of resources that it accepts in a template and does not make. A green deploy alone proves nothing. */
  readonly skips: readonly string[];
  /** What it cannot do that the stacks rely on, a line each, as observed with this version. */
  readonly lacks: readonly string[];
  /** What it leaves behind by itself when stacks are destroyed. */
  readonly leaves: RegExp;
  /** Installs what is missing into `home` and does nothing when nothing is. */
  install(home: string, say: Say): Promise<void>;
  launch(home: string, port: number, options: StartOptions): Launch;
  /** The types of resources that it skipped since it was started, read from its log. */
  skipped(): Promise<string[]>;
  /** Makes it forget everything, as if it were started anew. Not every emulator can. */
  forget?(endpoint: string): Promise<void>;
  /** The mails that SES took, the oldest first. */
  mails(endpoint: string): Promise<MailSeen[]>;
  /** Of each mail that SNS wrote to an operator the change that it tells (`OK → ALARM`), or '?' where only the fact is kept. */
  operatorMails(endpoint: string): Promise<string[]>;
}

export interface StartOptions {
  /** Whether each call is checked against the caller's IAM policies. MiniStack can do it. @default false */
  enforceIam?: boolean;
  /** How long it may take until it answers. @default 60,000 */
  readyWithinMs?: number;
}

export const homeOf = (emulator: Emulator): string => emulator.home ?? join(emulatorsFolder, emulator.name);
export const endpointOf = (port: number): string => `http://127.0.0.1:${port}`;
export const logOf = (emulator: Emulator): string => join(homeOf(emulator), 'server.log');
