import { Aws, Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, type Code, Function as Lambda, LoggingFormat, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Contract } from '../core/deployment/contract.ts';
import { namespaceOf } from '../core/metrics/metric.ts';
import { throttleAlarmsOf } from '../functions/deployed-functions.ts';
import { reachesTargets } from '../functions/deployed-network.ts';
import { type Edges, provide } from './capabilities.ts';
import type { ConsumedQueue } from './consumed-queue.ts';
import { alarmOperators } from './pipeline-alarm.ts';

export interface PipelineFunctionProps {
  /** The name of its folder. */
  readonly name: string;
  readonly contract: Contract;
  readonly code: Code;
  readonly edges: Edges;
  /** The maximum concurrency: see `concurrencyOf`. */
  readonly concurrency: number;
  /** X-Ray traces. @default false */
  readonly tracing?: boolean | undefined;
}

/** A Lambda function with only the permissions of its contract, its own log group, and alarms on its errors. */
export class PipelineFunction extends Construct {
  readonly lambda: Lambda;
  readonly logGroup: LogGroup;
  readonly #concurrency: number;

  constructor(scope: Construct, id: string, props: PipelineFunctionProps) {
    super(scope, id);
    const { name, contract, edges } = props;
    this.#concurrency = props.concurrency;
    const isInNetwork = edges.context.network !== undefined && reachesTargets(contract);
    const { environment, statements, wildcards } = provide(contract.uses, edges);
    this.logGroup = new LogGroup(this, 'Logs', {
      retention: logRetention(edges.context.document.retentionDays),
      encryptionKey: edges.context.key,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com', {
        // In a VPC that has no functions yet, Lambda takes the role without naming the account (aws-parallelcluster#6926).
        ...(!isInNetwork && { conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } } }),
      }),
      inlinePolicies: {
        contract: new PolicyDocument({
          statements: [
            new PolicyStatement({
              sid: 'Logs',
              actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
              resources: [this.logGroup.logGroupArn],
            }),
            ...statements,
          ],
        }),
      },
    });
    const xray = { resource: '*', reason: 'X-Ray has no resources for traces.' };
    Validations.of(role).acknowledge(
      ...[...wildcards, ...(props.tracing ? [xray] : [])].map(({ resource, reason }) => ({
        id: `AwsSolutions::AwsSolutions-IAM5[Resource::${resource}]`,
        reason,
      })),
    );
    this.lambda = new Lambda(this, 'Function', {
      description: contract.purpose,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: props.code,
      ...(isInNetwork && edges.context.network),
      ...(edges.context.document.reservedConcurrency && { reservedConcurrentExecutions: props.concurrency }),
      timeout: Duration.seconds(contract.timeoutSeconds),
      memorySize: contract.memoryMegabytes,
      role,
      logGroup: this.logGroup,
      loggingFormat: LoggingFormat.JSON,
      tracing: props.tracing ? Tracing.ACTIVE : Tracing.DISABLED,
      environment: {
        ...environment,
        POWERTOOLS_SERVICE_NAME: name,
        POWERTOOLS_METRICS_NAMESPACE: namespaceOf(edges.context.document),
        // Node resolves names on threads, four by default: four DNS servers that do not respond would block every other target.
        UV_THREADPOOL_SIZE: '64',
      },
    });
    const alarm = (what: string, metric: string, description: string) =>
      alarmOperators(this, edges.context, {
        thing: name,
        what,
        description,
        namespace: 'AWS/Lambda',
        metric,
        dimensions: { FunctionName: this.lambda.functionName },
        statistic: 'Sum',
        comparison: 'GreaterThanOrEqualToThreshold',
        threshold: 1,
        periodSeconds: 300,
        missingData: 'notBreaching',
      });
    alarm(
      'errors',
      'Errors',
      `The function ${name} failed. Check its log for the error. Messages of a queue are retried.`,
    );
    if (throttleAlarmsOf(edges.context.document).includes(name))
      alarm(
        'throttles',
        'Throttles',
        `The function ${name} was throttled, because the account has no concurrency left for it.`,
      );
  }

  /** One invocation per tick, and no late retries: the next tick is the retry. */
  neverRetry(): void {
    this.lambda.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: Duration.seconds(60) });
  }

  /** Connects it to its queue. Each message succeeds or fails separately. */
  consume({ queue }: ConsumedQueue, limits: { batchSize: number }): void {
    this.lambda.addEventSourceMapping('Queue', {
      eventSourceArn: queue.queueArn,
      reportBatchItemFailures: true,
      maxConcurrency: this.#concurrency,
      ...limits,
    });
  }
}

/** The shortest retention of CloudWatch Logs that is at least that of the history and at least 30 days. */
export function logRetention(retentionDays: number): RetentionDays {
  const wanted = Math.max(30, retentionDays);
  const offered = Object.values(RetentionDays).filter((days): days is RetentionDays => typeof days === 'number');
  return Math.min(...offered.filter((days) => days >= wanted)) as RetentionDays;
}
