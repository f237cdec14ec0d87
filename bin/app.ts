// The CDK app: `npx cdk synth|deploy --all [-c stage=prod] [-c config=path] [-c target=ministack] [-c tracing=true]`.

import { ConfigError } from '../core/config/problem.ts';
import { synthesize } from '../lib/synthesize.ts';
import { ConfigFileError, loadConfig } from '../local/load-config.ts';

try {
  await synthesize(loadConfig);
} catch (error) {
  // What is wrong is in the user's config, not in our code: a stack trace would only hide it.
  if (!(error instanceof ConfigError || error instanceof ConfigFileError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
