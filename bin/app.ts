// The CDK app: `npx cdk synth|deploy --all [-c stage=prod] [-c config=path] [-c target=ministack] [-c tracing=true]`.

import { describeLateFailure } from '../cli/failure.ts';
import { loadConfig } from '../cli/load-config.ts';
import { terminal } from '../cli/terminal.ts';
import type { Definition } from '../core/definition/definition.ts';
import { UserError } from '../core/user-error.ts';
import { flagsOf, ownApp, synthesize } from '../lib/synthesize.ts';

process.on('unhandledRejection', (error) => {
  terminal.warn(describeLateFailure(error, process.env));
  process.exit(1);
});

try {
  const app = ownApp();
  const { config, ...flags } = flagsOf(app);
  synthesize(app, (await loadConfig(config)) as Definition, flags);
} catch (error) {
  // The problem is in the config of the user, so a stack trace does not help.
  if (!(error instanceof UserError)) throw error;
  terminal.warn(error.message);
  // Exit at once: otherwise CDK synthesizes again before the process ends, and prints the same error twice.
  process.exit(1);
}
