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
  // What is wrong is in the user's config, not in our code: a stack trace would only hide it.
  if (!(error instanceof UserError)) throw error;
  terminal.warn(error.message);
  // At once: CDK would synthesize again when the process is about to end, and say it all once more.
  process.exit(1);
}
