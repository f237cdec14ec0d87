import { CfnOutput, Fn, Stack, type StackProps } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import { FilterOrPolicy, SubscriptionFilter } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { MonitoringDocument } from '../core/definition/document.ts';
import { networkOf } from '../core/definition/network.ts';
import { dimensionsOf, namespaceOf } from '../core/metrics/metric.ts';
import {
  channelKindsOf,
  checksOf,
  concurrencyOf,
  functionOfChannel,
  functionOfCheck,
} from '../functions/deployed-functions.ts';
import { functionsInNetwork } from '../functions/deployed-network.ts';
import { consumptionOf, functionNamed, type ListedFunction } from '../functions/functions.ts';
import { BatchEventBus } from './batch-event-bus.ts';
import type { Edges } from './capabilities.ts';
import { ConsumedQueue } from './consumed-queue.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import { fixFeatureFlags } from './feature-flags.ts';
import { LogQueries } from './log-queries.ts';
import { importNetwork, type Network } from './network.ts';
import { describeNetwork, describePipeline } from './outputs.ts';
import { alarmOperators } from './pipeline-alarm.ts';
import type { PipelineContext } from './pipeline-context.ts';
import { PipelineFunction } from './pipeline-function.ts';
import { EveryScheduleHasAnAlarm } from './schedule-validation.ts';
import { Schedules } from './schedules.ts';
import { shapeExport, stateShapes } from './state-shape.ts';
import type { StateStack } from './state-stack.ts';
import { type Filter, Subscription } from './subscription.ts';
import { differs, type Target } from './target.ts';
import { Topics } from './topics.ts';

export interface PipelineStackProps extends StackProps {
  readonly document: MonitoringDocument;
  readonly state: StateStack;
  /** The bundle of a function, by the name of its folder. */
  readonly code: (functionName: string) => Code;
  /** X-Ray traces of every function. @default false */
  readonly tracing?: boolean | undefined;
  /** The network of functions that connect to targets. @default the network of the document; on an emulator, which has no VPC, none */
  readonly network?: Network | undefined;
  /** @default aws */
  readonly target?: Target | undefined;
}

/**
 * The path of an alert, from the schedule to the channel:
 * schedules → checks ⇒ (alarms) → tier topics → signals → router → notifications → a queue and a notifier per channel kind;
 * In addition: the bus of batch runs, the sweep, and the topic that notifies the operators when any of this fails.
 */
export class PipelineStack extends Stack {
  readonly batchEventBus: BatchEventBus;
  readonly topics: Topics;
  /** The functions by name. */
  readonly functions: ReadonlyMap<string, PipelineFunction>;
  readonly #props: PipelineStackProps;
  readonly #context: PipelineContext;
  readonly #undelivered: DeadLetterQueue;
  readonly #signals: ConsumedQueue;
  readonly #functions = new Map<string, PipelineFunction>();
  readonly #concurrency: ReadonlyMap<string, number>;

  constructor(scope: Construct, id: string, props: PipelineStackProps) {
    super(scope, id, {
      description: 'Tocsin: checks, alert router, notifiers, and the topics and queues between them.',
      ...props,
    });
    fixFeatureFlags(this);
    this.#props = props;
    this.functions = this.#functions;
    const { document, target = 'aws' } = props;
    this.#concurrency = concurrencyOf(document);
    // Imported, so that CDK adds nothing to the key's policy, which is written in one place, and there is no circular dependency.
    const key = Key.fromKeyArn(this, 'Key', props.state.key.keyArn);
    this.topics = new Topics(this, 'topics', { deployment: document, key });
    const declared = target === 'aws' ? networkOf(document) : undefined;
    const network = props.network ?? (declared && importNetwork(this, declared));
    this.#context = { document, key, failures: this.topics.failures, network };

    this.#undelivered = new DeadLetterQueue(this, 'undelivered', {
      context: this.#context,
      thing: 'undelivered',
      of: 'a queue or an operator',
    });
    this.#signals = this.#queueOf('signals', functionNamed('alert-router'));
    this.#consumer(functionNamed('alert-router'), this.#signals);
    this.#subscribeRouter();
    this.#subscribeOperators();
    channelKindsOf(document).forEach((kind) => {
      this.#addNotifier(kind);
    });
    this.#catchUnrouted();

    const ingest = this.#queueOf('ingest', functionNamed('run-ingest'));
    this.#consumer(functionNamed('run-ingest'), ingest);
    this.batchEventBus = new BatchEventBus(this, 'batch-door', {
      context: this.#context,
      ingest,
      undelivered: this.#undelivered,
      archived: !differs('no-archive', target),
    });

    new Schedules(this, 'schedules', {
      context: this.#context,
      checks: new Map(checksOf(document).map((check) => [check, this.#function(functionOfCheck(check), { check })])),
      sweep: this.#function(functionNamed('sweep')),
      target,
    });
    if (!differs('no-log-queries', target)) {
      new LogQueries(this, 'log-queries', {
        deployment: document,
        logGroups: [...this.#functions.values()].map(({ logGroup }) => logGroup),
      });
    }
    this.node.addValidation(new EveryScheduleHasAnAlarm(this));
    describePipeline(this, document);
    if (network && functionsInNetwork(document).length > 0) describeNetwork(this, document);
    new CfnOutput(this, 'StateShape', {
      description: 'The version of the tables that this pipeline requires.',
      value: Fn.importValue(shapeExport(props.state.stackName, stateShapes.length)),
    });
  }

  /** Subscribes the router to every alarm of a rule, and to the alarms on checks, which inhibit no-data notifications. */
  #subscribeRouter(): void {
    const { name, stage } = this.#context.document;
    for (const [tier, topic] of Object.entries(this.topics.tiers)) this.#subscribe(topic, tier, this.#signals.queue);
    this.#subscribe(this.topics.failures, 'check-failures', this.#signals.queue, {
      body: {
        AlarmName: FilterOrPolicy.filter(
          SubscriptionFilter.stringFilter({ matchPrefixes: [`${name}/${stage}/check/`] }),
        ),
      },
    });
  }

  /** Subscribes the operators directly, because this topic reports failures of the router and the notifiers. */
  #subscribeOperators(): void {
    const { document } = this.#context;
    for (const email of document.operators) {
      this.#subscribeTo(this.topics.failures, `operator-${email}`, { email });
    }
    if (document.operators.length === 0) return;
    alarmOperators(new Construct(this, 'operators'), this.#context, {
      thing: 'operators',
      what: 'unconfirmed',
      description: `An operator has had no confirmed subscription for an hour and does not receive mails like this one. The log of the sweep has the address. The operator must follow the link in the mail from AWS Notifications. How to send that mail again is described in ${document.runbooks}/pipeline.md.`,
      namespace: namespaceOf(document),
      metric: 'OperatorsUnconfirmed',
      dimensions: dimensionsOf('check', 'sweep'),
      statistic: 'Maximum',
      comparison: 'GreaterThanOrEqualToThreshold',
      threshold: 1,
      // Each period has two or three values, so that a late one has no effect. Long enough for a person to follow the link.
      periodSeconds: 900,
      periods: 4,
      missingData: 'notBreaching',
    });
  }

  #addNotifier(kind: string): void {
    const notifier = functionOfChannel(kind);
    const queue = this.#queueOf(kind, notifier);
    this.#consumer(notifier, queue, { channelKind: kind });
    this.#subscribe(this.topics.notifications, `${kind}-notifications`, queue.queue, {
      attributes: { channelKind: SubscriptionFilter.stringFilter({ allowlist: [kind] }) },
    });
  }

  /** SNS drops a message that matches no filter. This subscription receives exactly these messages. */
  #catchUnrouted(): void {
    const known = channelKindsOf(this.#context.document);
    const unrouted = new DeadLetterQueue(this, 'unrouted', {
      context: this.#context,
      thing: 'unrouted',
      of: 'a channel type without a notifier',
    });
    this.#subscribe(this.topics.notifications, 'unrouted-notifications', unrouted.queue, {
      ...(known.length > 0 && {
        attributes: { channelKind: new SubscriptionFilter([{ 'anything-but': known }, { exists: false }]) },
      }),
    });
  }

  #subscribe(topic: Topics['failures'], thing: string, queue: IQueue, filter?: Filter): void {
    this.#subscribeTo(topic, thing, { queue, ...(filter && { filter }) });
  }

  #subscribeTo(
    topic: Topics['failures'],
    thing: string,
    to: ConstructorParameters<typeof Subscription>[2]['to'],
  ): void {
    new Subscription(this, thing, { context: this.#context, topic, undelivered: this.#undelivered, to });
  }

  #queueOf(thing: string, { name: consumer, contract: { timeoutSeconds } }: ListedFunction): ConsumedQueue {
    return new ConsumedQueue(this, `${thing}-queue`, { context: this.#context, thing, consumer, timeoutSeconds });
  }

  #consumer(entry: ListedFunction, queue: ConsumedQueue, own: Pick<Edges, 'channelKind'> = {}): void {
    const { batchSize } = consumptionOf(entry);
    this.#function(entry, { consumes: queue, ...own }).consume(queue, { batchSize });
  }

  #function(
    { name, contract }: ListedFunction,
    own: Pick<Edges, 'consumes' | 'channelKind' | 'check'> = {},
  ): PipelineFunction {
    const { code, state, tracing } = this.#props;
    const tables: Record<'history' | 'incidents', ITable> = state.tables;
    const made = new PipelineFunction(this, name, {
      name,
      contract,
      code: code(name),
      edges: {
        context: this.#context,
        ...tables,
        signals: this.#signals.queue,
        notifications: this.topics.notifications,
        ...own,
      },
      tracing,
      concurrency: this.#concurrency.get(name)!,
    });
    this.#functions.set(name, made);
    return made;
  }
}
