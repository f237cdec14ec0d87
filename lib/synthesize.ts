import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { DISABLE_ASSET_STAGING_CONTEXT } from 'aws-cdk-lib/cx-api';
import { AwsSolutionsChecks } from 'cdk-nag';
import { parseDefinition } from '../catalog/parse-definition.ts';
import { ConfigError } from '../core/definition/problem.ts';
import { UserError } from '../core/user-error.ts';
import { buildStacks } from './build-stacks.ts';
import { bundleDeployment } from './bundle-functions.ts';
import { readContracts } from './contracts.ts';
import { targetOf } from './target.ts';

/**
 * From a config file to a cloud assembly. What the command line says (`-c stage=… -c config=… -c target=… -c tracing=true`) arrives
 * as CDK context. Rules of cdk-nag are checked too, unless CDK_VALIDATION=false turns all validation off.
 * @throws {ConfigError} with all that is wrong with the config
 */
export async function synthesize(loadConfig: (path: string) => Promise<unknown>): Promise<void> {
  const app = new App();
  // The CDK command line also shows the findings of an earlier synth, when this one validates nothing.
  await rm(join(app.outdir, 'validation-report.json'), { force: true });
  const said = (key: string): string | undefined => app.node.tryGetContext(key);
  const tracing = flag('tracing', said('tracing'));
  const input = await loadConfig(said('config') ?? 'monitoring.config.ts');
  const target = targetOf(said('target'));
  const document = parseDefinition(input, { stage: said('stage'), world: target === 'aws' ? 'aws' : 'emulator' });

  const [contracts, bundles] = await Promise.all([readContracts(document), bundleDeployment(document, tmpdir())]);
  if (process.env['CDK_VALIDATION'] !== 'false') Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  const { CDK_DEFAULT_ACCOUNT: account, CDK_DEFAULT_REGION: region } = process.env;
  try {
    buildStacks(app, document, {
      contracts,
      code: (name) => Code.fromAsset(bundles.folderOf(name)),
      tracing,
      target,
      env: account && region ? { account, region } : undefined,
    });
    app.synth();
  } catch (error) {
    throw asFindings(error);
  } finally {
    // Without staging (`cdk synth --no-staging`) the assembly refers to the bundles where they are.
    if (!said(DISABLE_ASSET_STAGING_CONTEXT)) await bundles.remove();
  }
}

/** What validation found, without the words of CDK around it: a finding of the whole app has an empty path, `[]`. */
function asFindings(error: unknown): unknown {
  const [, findings] = /^Validation failed with the following errors:\n(.*)$/s.exec((error as Error).message) ?? [];
  return findings === undefined ? error : new UserError(findings.replace(/^ *\[\] /gm, '').trimEnd(), { cause: error });
}

/** A flag of the command line. @throws {ConfigError} when it is neither true nor false */
function flag(name: string, said: unknown): boolean {
  // `-c` hands text over, cdk.json may hold a real boolean.
  const text = String(said ?? false);
  if (text === 'true' || text === 'false') return text === 'true';
  throw new ConfigError([{ path: `-c ${name}`, received: said, message: 'is neither true nor false' }]);
}
