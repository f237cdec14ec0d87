import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { type Emulator, logOf } from './emulator.ts';
import { emulatorEnvironment, region } from './loopback-only.ts';
import { installNode24, pathWithNode24 } from './node24.ts';
import { findPython, runTool } from './tools.ts';

const version = '1.5.33';

/** MiniStack: one small Python process. It ignores the dimensions of alarms, and it can enforce IAM. */
export const ministack: Emulator = {
  name: 'ministack',
  version,
  defaultPort: 4600,
  health: '/_ministack/health',
  inbox: '/_ministack/ses/messages',
  tellsTargetsApart: false,
  quotesValues: false,
  // It refuses a template with a type that it does not know, so that a green deploy has skipped nothing.
  skips: [],
  lacks: [
    'Alarms by dimension, M of N datapoints, missing data: an alarm is evaluated for every value of its metric, when the value arrives.',
    'AWS/* metrics (errors of functions, age of messages, queues that are not empty): not published.',
    'Schedules with their time as input: EventBridge rules replace them.',
    'Saved queries of Logs Insights, archives of an event bus.',
    'Conditions on cloudwatch:namespace, kms:ViaService and ses:FromAddress, the TLS condition, and the resource of DescribeAlarms by prefix.',
    'Emails to operators: it writes a log line instead.',
    'Encryption, expiry and point-in-time recovery of tables: accepted but ignored.',
  ],
  // The log groups that its Lambdas write to, whatever group the template gave them; and those of a scheduled function that
  // still ran while its group was deleted: here the emulator makes it anew, on AWS the function has no right to.
  leaves: /^log group (\/aws\/lambda\/|.*(check|sweep)Logs[0-9A-F]{8}$)/,

  async install(home, say) {
    const venv = join(home, `venv-${version}`);
    if (!existsSync(join(venv, 'bin/ministack'))) {
      const python = await findPython(10);
      say(`Installing MiniStack ${version} (PyPI, 10 s) ...`);
      await runTool(python, ['-m', 'venv', venv]);
      await runTool(join(venv, 'bin/pip'), ['install', '--quiet', `ministack==${version}`]);
    }
    await installNode24(say);
  },

  launch(home, port, { enforceIam = false }) {
    // Its Lambdas run whatever `node` comes first on its path.
    return {
      program: `venv-${version}/bin/python3`,
      args: [`venv-${version}/bin/ministack`],
      env: {
        ...emulatorEnvironment(`http://127.0.0.1:${port}`),
        PATH: pathWithNode24(),
        BIND_HOST: '127.0.0.1',
        GATEWAY_PORT: String(port),
        MINISTACK_HOST: 'localhost',
        MINISTACK_REGION: region,
        SFTP_ENABLED: '0',
        IOT_MTLS_ENABLED: '0',
        TMPDIR: join(home, 'tmp'),
        ...(enforceIam && { AUTH: 'true' }),
      },
    };
  },

  async skipped() {
    return [];
  },

  async forget(endpoint) {
    const { ok, status } = await fetch(`${endpoint}/_ministack/reset`, { method: 'POST' });
    if (!ok) throw new Error(`MiniStack answered ${status} when it was asked to forget everything`);
  },

  async mails(endpoint) {
    const response = await fetch(`${endpoint}${this.inbox}`);
    const { messages } = inbox.parse(await response.json());
    return Object.values(messages)
      .flat()
      .map(({ Subject, To, BodyText }) => ({ subject: Subject, to: To, text: BodyText }));
  },

  async operatorMails() {
    const log = await readFile(logOf(ministack), 'utf8');
    return [...log.matchAll(/SNS fanout → email /g)].map(() => '?');
  },
};

const inbox = z.object({
  messages: z.record(
    z.string(),
    z.array(z.object({ Subject: z.string(), To: z.array(z.string()), BodyText: z.string() })),
  ),
});
