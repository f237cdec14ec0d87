import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { parseDefinition } from '../../catalog/parse-definition.ts';
import { loadConfig } from '../../cli/load-config.ts';
import { formatDuration } from '../../core/time/duration.ts';
import { UserError } from '../../core/user-error.ts';
import { prepareAccount } from './account.ts';
import { bootstrap, deploy as deployStacks } from './cdk.ts';
import { type Emulator, endpointOf, type Say } from './emulator.ts';
import { verdict } from './exercised.ts';
import { stop } from './running.ts';
import { start } from './start.ts';
import { runTool } from './tools.ts';
import { whileItRuns } from './while-it-runs.ts';

export interface Options {
  emulator: Emulator;
  port: number;
  config: string;
  stage: string | undefined;
  enforceIam: boolean;
}

/** The reason was shown as it came. After a first deploy that failed, LocalStack may hold on to a stack as DELETE_FAILED. */
const failedDeploy = ({ name }: Emulator): string =>
  `The deploy failed; the reason stands above. Mend it and deploy again; when a stack is held on to (ROLLBACK_FAILED, DELETE_FAILED), begin anew: npm run aws:down -- --emulator ${name} && npm run aws:up -- --emulator ${name}`;

/** What each command of `npm run aws:*` does. */
export const commands = {
  /** Installs what is missing, starts the emulator in the background and says how to talk to it. */
  async up({ emulator, port, enforceIam }: Options, say: Say) {
    await start(emulator, port, say, { enforceIam });
    say(`Mails that SES took: ${endpointOf(port)}${emulator.inbox}`);
    say(`Next: npm run aws:deploy -- --emulator ${emulator.name} --config my.config.ts`);
  },

  /** Deploys a config, and does what a person would have to do by hand on AWS: verify senders, store secrets. */
  async deploy({ emulator, config, stage }: Options, say: Say) {
    const document = parseDefinition(await loadConfig(config), { stage, world: 'emulator' });
    await whileItRuns(emulator, async ({ endpoint }, signal) => {
      const deployment = { endpoint, target: emulator.name, config, stage, show: true, signal };
      await bootstrap({ ...deployment, show: false });
      await deployStacks(deployment).catch((error: unknown) => {
        if (signal.aborted || !(error instanceof UserError)) throw error;
        throw new UserError(failedDeploy(emulator));
      });
      const file = existsSync('.env') ? parseEnv(readFileSync('.env', 'utf8')) : {};
      await prepareAccount(endpoint, document, { ...file, ...process.env }, say);
      const keys = 'AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test';
      say(`Mails: ${endpoint}${emulator.inbox}`);
      say(
        `Runs:  AWS_ENDPOINT_URL=${endpoint} ${keys} npx tocsin history runs --region eu-west-1 --stack ${document.name}-${document.stage}-state`,
      );
    });
  },

  /** Plays the acceptance on an emulator that runs, and says what that has shown. */
  async test({ emulator }: Options, say: Say) {
    const begun = Date.now();
    await whileItRuns(emulator, async ({ endpoint, enforceIam }, signal) => {
      say(`Playing the acceptance on ${emulator.name} at ${endpoint} ...`);
      await runTool(
        process.execPath,
        ['node_modules/vitest/vitest.mjs', 'run', '--config', 'test/emulators/vitest.config.ts'],
        {
          show: true,
          signal,
          env: {
            ...process.env,
            TOCSIN_EMULATOR: emulator.name,
            TOCSIN_ENDPOINT: endpoint,
            TOCSIN_DYNAMODB: endpoint,
            ...(enforceIam && { TOCSIN_ENFORCE_IAM: '1' }),
          },
        },
      );
      for (const line of verdict(emulator, { enforceIam })) say(line);
    });
    say(`The acceptance on ${emulator.name} took ${formatDuration(Math.round((Date.now() - begun) / 1000))}.`);
  },

  /** Ends the emulator and all that it started. What is installed stays. */
  async down({ emulator }: Options, say: Say) {
    await stop(emulator, say);
  },
} satisfies Record<string, (options: Options, say: Say) => Promise<void>>;
