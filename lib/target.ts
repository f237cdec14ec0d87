import { ConfigError } from '../core/definition/problem.ts';

/** Where the app is deployed: AWS, or an emulator of it. */
export const targets = ['aws', 'localstack', 'ministack'] as const;
export type Target = (typeof targets)[number];

/** A difference between the templates for an emulator and those for AWS. */
export interface Difference {
  readonly on: readonly Exclude<Target, 'aws'>[];
  /** The reason: what the pinned version of the emulator does not support. */
  readonly because: string;
  /** The parts of a template that it may change: `<type of resource>` or `<type of resource> <property path>`. */
  readonly touches: readonly RegExp[];
}

/**
 * Every difference between the templates of AWS and those of an emulator. A test compares the templates and fails for other
 * differences and for unused ones. Names and the alert path are the same everywhere.
 */
export const differences = {
  'rules-for-schedules': {
    on: ['localstack', 'ministack'],
    because:
      'LocalStack deploys schedules of EventBridge Scheduler and never fires them; MiniStack fires them and does not fill in <aws.scheduler.scheduled-time>. Rules of EventBridge work on both.',
    touches: [/^AWS::Scheduler::Schedule$/, /^AWS::Events::Rule$/, /^AWS::Lambda::Permission$/],
  },
  'own-credentials': {
    on: ['ministack'],
    because: 'With AUTH=true MiniStack refuses the roles that CDK bootstraps, so the CLI deploys with its own key.',
    touches: [/^Parameters$/, /^Rules$/],
  },
  'no-log-queries': {
    on: ['localstack', 'ministack'],
    because:
      'Neither knows saved queries of Logs Insights: MiniStack rolls the stack back, LocalStack is green and makes none.',
    touches: [/^AWS::Logs::QueryDefinition$/],
  },
  'no-archive': {
    on: ['localstack', 'ministack'],
    because:
      'Neither makes archives of a bus: MiniStack refuses the type and rolls the stack back, LocalStack is green and makes none.',
    touches: [/^AWS::Events::Archive$/],
  },
  'understood-policies': {
    on: ['ministack'],
    because:
      'With AUTH=true a condition on a key that the evaluator does not fill in is never met (cloudwatch:namespace, kms:ViaService, ses:FromAddress), and it is reached over plain HTTP, which the rule for TLS denies. SendRawEmail it checks against the resource *, whoever the sender is, and DescribeAlarms with a prefix of names against * too, where AWS checks it against alarm:*. So these conditions, the identities of mail and the resource of DescribeAlarms are left out, and that rule is never met. Every action, and every other resource, stays.',
    touches: [
      /^AWS::IAM::Role Properties\.Policies\.\d+\.PolicyDocument\.Statement\.\d+\.Condition\./,
      /^AWS::IAM::Role Properties\.Policies\.\d+\.PolicyDocument\.Statement\.\d+\.Resource/,
      /^AWS::S[NQ]S::(Topic|Queue)Policy Properties\.PolicyDocument\.Statement\.\d+\.Condition\.Bool\.aws:SecureTransport$/,
    ],
  },
} as const satisfies Record<string, Difference>;

/** Whether a difference applies to a target. */
export const differs = (which: keyof typeof differences, target: Target): boolean =>
  (differences[which].on as readonly Target[]).includes(target);

/** The target that `-c target=…` names. @throws {ConfigError} when there is no such target */
export function targetOf(said: string | undefined): Target {
  const target = targets.find((known) => known === (said ?? 'aws'));
  if (target) return target;
  throw new ConfigError([
    { path: '-c target', received: said, message: `is not a target; use one of ${targets.join(', ')}` },
  ]);
}
