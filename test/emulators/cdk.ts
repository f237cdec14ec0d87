import { join } from 'node:path';
import { emulatorsFolder } from './emulator.ts';
import { account, emulatorEnvironment, region } from './loopback-only.ts';
import { runTool } from './tools.ts';

/** What is deployed, and where to. */
export interface Deployment {
  endpoint: string;
  target: 'ministack' | 'localstack';
  /** A folder with an assembly that was synthesized before, to deploy in place of this app. */
  app?: string;
  /** The path of the config. @default monitoring.config.ts */
  config?: string | undefined;
  stage?: string | undefined;
  /** More variables for the config, which runs inside the CDK app. */
  env?: Record<string, string>;
  /** Whether the command line's output is shown as it comes. @default false */
  show?: boolean;
  /** Breaks it off. */
  signal?: AbortSignal;
}

/** Creates what CDK needs in an account: the bucket for assets, and roles. Done again it changes nothing. */
export const bootstrap = (deployment: Deployment): Promise<void> =>
  cdk(deployment, ['bootstrap', `aws://${account}/${region}`]);

/** Deploys every stack of a config. */
export const deploy = (deployment: Deployment): Promise<void> =>
  cdk(deployment, ['deploy', '--all', '--require-approval', 'never', '--progress', 'events']);

/** Deploys one stack alone, whatever state the others are in. */
export const deployAlone = (deployment: Deployment, stack: string): Promise<void> =>
  cdk(deployment, ['deploy', stack, '--exclusively', '--require-approval', 'never', '--progress', 'events']);

/** Destroys every stack. What is retained stays. */
export const destroy = (deployment: Deployment): Promise<void> => cdk(deployment, ['destroy', '--all', '--force']);

/** The CDK command line of this package, as a user runs it, against an emulator. */
async function cdk(deployment: Deployment, args: readonly string[]): Promise<void> {
  const { endpoint, target, app, config, stage, env, show, signal } = deployment;
  const context = Object.entries({ target, config, stage }).flatMap(([key, value]) =>
    value === undefined ? [] : ['-c', `${key}=${value}`],
  );
  const source = app === undefined ? [...context, '--output', assembly(target)] : ['--app', app];
  await runTool(process.execPath, ['node_modules/aws-cdk/bin/cdk', ...args, ...source], {
    ...(show && { show }),
    ...(signal && { signal }),
    // cdk-nag looks at what goes to AWS; here it would only cost two seconds.
    env: { ...emulatorEnvironment(endpoint), CDK_VALIDATION: 'false', CI: 'true', ...env },
  });
}

const assembly = (target: string) => join(emulatorsFolder, 'cdk.out', target);
