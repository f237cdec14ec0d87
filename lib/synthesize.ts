import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { Definition } from '../core/definition/definition.ts';
import { ConfigError } from '../core/definition/problem.ts';
import { UserError } from '../core/user-error.ts';
import { targetOf } from './target.ts';
import { Tocsin, type TocsinProps } from './tocsin.ts';

/** This repository's own app. The rules of cdk-nag are checked too, unless CDK_VALIDATION=false disables all validation. */
export function ownApp(): App {
  const app = new App();
  // If this synth validates nothing, the CDK CLI would show the findings of an earlier one.
  rmSync(join(app.outdir, 'validation-report.json'), { force: true });
  if (process.env['CDK_VALIDATION'] !== 'false') Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return app;
}

/**
 * The flags of the command line (`-c stage=… -c config=… -c target=… -c tracing=true`), which are CDK context.
 * @throws {ConfigError} when a flag has an invalid value
 */
export function flagsOf({ node }: App): Omit<TocsinProps, 'definition'> & { config: string } {
  const said = (key: string): string | undefined => node.tryGetContext(key);
  const { CDK_DEFAULT_ACCOUNT: account, CDK_DEFAULT_REGION: region } = process.env;
  return {
    config: said('config') ?? 'monitoring.config.ts',
    stage: said('stage'),
    target: targetOf(said('target')),
    tracing: yesOrNo('tracing', said('tracing')),
    ...(account && region && { env: { account, region } }),
  };
}

/**
 * Adds the pipeline to an app and synthesizes it.
 * @throws {UserError} with the findings of validation
 */
export function synthesize(app: App, definition: Definition, props: Omit<TocsinProps, 'definition'>): void {
  new Tocsin(app, 'Tocsin', { definition, ...props });
  try {
    app.synth();
  } catch (error) {
    throw asFindings(error);
  }
}

/** The findings of validation, without the text that CDK adds. Each finding begins with the path of its construct, `[Tocsin]`. */
function asFindings(error: unknown): unknown {
  const [, findings] = /^Validation failed with the following errors:\n(.*)$/s.exec((error as Error).message) ?? [];
  if (findings === undefined) return error;
  return new UserError(findings.replace(/^ *\[Tocsin\] /gm, '').trimEnd(), { cause: error });
}

/** A boolean flag of the command line. @throws {ConfigError} when it is neither true nor false */
function yesOrNo(name: string, said: unknown): boolean {
  // `-c` passes text; cdk.json may have a boolean.
  const text = String(said ?? false);
  if (text === 'true' || text === 'false') return text === 'true';
  throw new ConfigError([{ path: `-c ${name}`, received: said, message: 'is neither true nor false' }]);
}
