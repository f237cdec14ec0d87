import { type Environment, Stage } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { parseDefinition } from '../catalog/parse-definition.ts';
import type { Definition } from '../core/definition/definition.ts';
import type { MonitoringDocument } from '../core/definition/document.ts';
import { networkOf as declaredNetwork } from '../core/definition/network.ts';
import type { Tier } from '../events/tier.ts';
import type { FunctionName } from '../functions/functions.ts';
import { addValidations } from './add-validations.ts';
import { type BuiltStacks, buildStacks } from './build-stacks.ts';
import { forwardAspects } from './forward-aspects.ts';
import { FunctionCode } from './function-code.ts';
import { physicalName } from './names.ts';
import type { Network } from './network.ts';
import type { Target } from './target.ts';

/** The properties of a monitoring pipeline. */
export interface TocsinProps {
  /** The result of `defineMonitoring`. */
  readonly definition: Definition;
  /** One of the definition's stages. @default the first one */
  readonly stage?: string | undefined;
  /** Account and Region. @default those of the surrounding CDK stage, otherwise those of the deployment's credentials */
  readonly env?: Environment | undefined;
  /**
   * The VPC in which the checks run that connect to targets, so that they reach private addresses and names. It takes
   * precedence over `vpcId`, `subnetIds` and `securityGroupIds` of the definition's `network`, whose `awsAccess` still
   * decides what is billed. @default the `network` of the definition, if it has one
   */
  readonly vpc?: IVpc | undefined;
  /** The subnets of that VPC. @default its private subnets with a way out */
  readonly vpcSubnets?: SubnetSelection | undefined;
  /** The security groups of these checks. @default one for each, which may connect to anything */
  readonly securityGroups?: ISecurityGroup[] | undefined;
  /** X-Ray traces of every function. @default false */
  readonly tracing?: boolean | undefined;
  /** Where the stacks are deployed: AWS, or an emulator of it. @default aws */
  readonly target?: Target | undefined;
}

/**
 * A monitoring pipeline for one stage of a definition, in its own stacks: `<name>-<stage>-state`, `-pipeline` and
 * `-alarms-<n>`. The stacks are in the app or CDK stage of the construct, independent of the construct's position in it. An
 * app may have several pipelines with different names or stages. The same pipeline in two accounts or Regions requires a CDK
 * stage for each.
 * @throws {ConfigError} with all problems of the definition
 * @example new Tocsin(app, 'Monitoring', { definition: monitoring, stage: 'prod' });
 */
export class Tocsin extends Construct {
  /** The validated definition for this stage. */
  readonly document: MonitoringDocument;
  /** The stacks, for adding resources or dependencies. */
  readonly stacks: BuiltStacks;
  /** The topics for the alarms of each tier, for notifications, and for failures of the pipeline itself. */
  readonly topics: Readonly<Record<Tier | 'notifications' | 'failures', ITopic>>;
  /** The execution history, and the incidents with their deliveries. */
  readonly tables: Readonly<Record<'history' | 'incidents', ITable>>;
  /** The bus on which batch jobs report their runs. */
  readonly batchEventBus: IEventBus;
  /** The key that encrypts tables, topics, queues and logs. */
  readonly key: IKey;
  /** The Lambda functions that this definition needs. */
  readonly functions: Readonly<Partial<Record<FunctionName, IFunction>>>;

  constructor(scope: Construct, id: string, props: TocsinProps) {
    super(scope, id);
    const { definition, stage, target = 'aws', env, tracing } = props;
    this.document = parseDefinition(definition, { stage, world: target === 'aws' ? 'aws' : 'emulator' });
    const network = networkOf(this, props, this.document);
    this.stacks = buildStacks(stageOf(this), this.document, {
      env,
      tracing,
      target,
      network,
      code: (name) => new FunctionCode(name, this.document),
    });
    const { state, pipeline, alarms } = this.stacks;
    const { tiers, notifications, failures } = pipeline.topics;
    this.topics = { ...tiers, notifications, failures };
    this.tables = state.tables;
    this.batchEventBus = pipeline.batchEventBus.bus;
    this.key = state.key;
    this.functions = Object.fromEntries([...pipeline.functions].map(([name, { lambda }]) => [name, lambda]));
    addValidations(this, this.document, network !== undefined || target !== 'aws');
    forwardAspects(this, [state, pipeline, ...alarms]);
  }

  /**
   * Allows a job to report its runs: grants `events:PutEvents` on the bus. The grant uses the name of the bus and not a
   * reference, so that each stack can be changed or deleted independently.
   */
  grantIngest(grantee: IGrantable): Grant {
    const { pipeline } = this.stacks;
    const bus = pipeline.formatArn({
      service: 'events',
      resource: 'event-bus',
      resourceName: physicalName(this.document),
    });
    return Grant.addToPrincipal({ grantee, actions: ['events:PutEvents'], resourceArns: [bus] });
  }
}

/** @throws {Error} when subnets or security groups are given without their VPC */
function networkOf(
  { node }: Construct,
  { vpc, vpcSubnets, securityGroups }: TocsinProps,
  document: MonitoringDocument,
): Network | undefined {
  const ipv6 = declaredNetwork(document)?.ipv6 ?? false;
  if (vpc)
    return {
      vpc,
      ...(vpcSubnets && { vpcSubnets }),
      ...(securityGroups ? { securityGroups } : ipv6 && { allowAllIpv6Outbound: true }),
      ...(ipv6 && { ipv6AllowedForDualStack: true }),
    };
  if (vpcSubnets || securityGroups)
    throw new Error(`${node.path} has subnets or security groups but no VPC. Set vpc to the VPC that they belong to.`);
  return undefined;
}

/** The app or CDK stage around a construct. */
function stageOf(construct: Construct): Stage {
  const stage = Stage.of(construct);
  if (stage) return stage;
  throw new Error(`${construct.node.path} is not in an App or Stage. Create it in one: new Tocsin(app, …).`);
}
