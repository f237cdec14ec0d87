import { CfnOutput, Fn, Stack, type StackProps } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import { FilterOrPolicy, SubscriptionFilter } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { MonitoringDocument } from '../core/definition/document.ts';
import { concurrencyOf } from '../core/deployment/concurrency.ts';
import type { Contract } from '../core/deployment/contract.ts';
import { channelKindsOf, checkFunction, checksOf, notifierFunction } from '../core/deployment/parts.ts';
import { dimensionsOf, namespaceOf } from '../core/metrics/metric.ts';
import { BatchDoor } from './batch-door.ts';
import type { Edges } from './capabilities.ts';
import { ConsumedQueue } from './consumed-queue.ts';
import type { Contracts } from './contracts.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import type { Ground } from './ground.ts';
import { LogQueries } from './log-queries.ts';
import { describePipeline } from './outputs.ts';
import { alarmOperators } from './pipeline-alarm.ts';
import { PipelineFunction } from './pipeline-function.ts';
import { EveryScheduleHasAnAlarm } from './schedule-validation.ts';
import { Schedules } from './schedules.ts';
import { shapeExport, stateShapes } from './state-shape.ts';
import type { StateStack } from './state-stack.ts';
import { type Filter, Subscribed } from './subscribed.ts';
import { differs, type Target } from './target.ts';
import { Topics } from './topics.ts';

export interface PipelineStackProps extends StackProps {
  readonly document: MonitoringDocument;
  readonly state: StateStack;
  readonly contracts: Contracts;
  /** The bundle of a function, by the name of its folder. */
  readonly code: (functionName: string) => Code;
  /** X-Ray traces of every function. @default false */
  readonly tracing?: boolean | undefined;
  /** @default aws */
  readonly target?: Target | undefined;
}

/**
 * The path of an alert, from the schedule to the channel:
 * schedules → checks ⇒ (alarms) → tier topics → signals → router → notifications → a queue and a notifier per channel kind;
 * beside it the bus of batch runs, the sweep, and the topic on which the operators hear that any of this fails.
 */
export class PipelineStack extends Stack {
  readonly #props: PipelineStackProps;
  readonly #ground: Ground;
  readonly #topics: Topics;
  readonly #undelivered: DeadLetterQueue;
  readonly #signals: ConsumedQueue;
  readonly #functions: PipelineFunction[] = [];
  readonly #concurrency: ReadonlyMap<string, number>;

  constructor(scope: Construct, id: string, props: PipelineStackProps) {
    super(scope, id, { description: 'Tocsin: checks, alert router, notifiers and the way between them.', ...props });
    this.#props = props;
    const { document, target = 'aws' } = props;
    this.#concurrency = concurrencyOf(document);
    // Imported, so that CDK adds nothing to the key's policy: it is written in one place, and this stack needs no circle.
    const key = Key.fromKeyArn(this, 'Key', props.state.key.keyArn);
    this.#topics = new Topics(this, 'topics', { deployment: document, key });
    this.#ground = { document, key, failures: this.#topics.failures };

    this.#undelivered = new DeadLetterQueue(this, 'undelivered', {
      ground: this.#ground,
      thing: 'undelivered',
      of: 'a queue or an operator',
    });
    this.#signals = this.#queueOf('signals', 'alert-router');
    this.#function('alert-router', { consumes: this.#signals }).consume(this.#signals, { batchSize: 10 });
    this.#subscribeRouter();
    this.#subscribeOperators();
    channelKindsOf(document).forEach((kind) => {
      this.#addNotifier(kind);
    });
    this.#catchUnrouted();

    const ingest = this.#queueOf('ingest', 'run-ingest');
    this.#function('run-ingest', { consumes: ingest }).consume(ingest, { batchSize: 10 });
    new BatchDoor(this, 'batch-door', {
      ground: this.#ground,
      ingest,
      undelivered: this.#undelivered,
      archived: !differs('no-archive', target),
    });

    const checks = checksOf(document).map((check) => ({ check, name: checkFunction(check) }));
    new Schedules(this, 'schedules', {
      ground: this.#ground,
      functions: new Map(checks.map(({ check, name }) => [name, this.#function(name, { check })])),
      sweep: this.#function('sweep'),
      target,
    });
    if (!differs('no-log-queries', target)) {
      new LogQueries(this, 'log-queries', {
        deployment: document,
        logGroups: this.#functions.map(({ logGroup }) => logGroup),
      });
    }
    this.node.addValidation(new EveryScheduleHasAnAlarm(this));
    describePipeline(this, document);
    new CfnOutput(this, 'StateShape', {
      description: 'The shape of the tables that this pipeline stands on.',
      value: Fn.importValue(shapeExport(props.state.stackName, stateShapes.length)),
    });
  }

  /** Every alarm of a rule, and of the checks' own alarms those on checks: they inhibit what a blind check would say. */
  #subscribeRouter(): void {
    const { name, stage } = this.#ground.document;
    for (const [tier, topic] of this.#topics.tiers) this.#subscribe(topic, tier, this.#signals.queue);
    this.#subscribe(this.#topics.failures, 'check-failures', this.#signals.queue, {
      body: {
        AlarmName: FilterOrPolicy.filter(
          SubscriptionFilter.stringFilter({ matchPrefixes: [`${name}/${stage}/check/`] }),
        ),
      },
    });
  }

  /** Past router and notifiers, whose failure this is about. */
  #subscribeOperators(): void {
    const { document } = this.#ground;
    for (const email of document.operators) {
      this.#subscribeTo(this.#topics.failures, `operator-${email}`, { email });
    }
    if (document.operators.length === 0) return;
    alarmOperators(new Construct(this, 'operators'), this.#ground, {
      thing: 'operators',
      what: 'unconfirmed',
      description: `An operator has had no confirmed subscription for an hour and gets no mail like this one. The log of the sweep says who; the link is in the mail from AWS Notifications, and how to have it sent again is in ${document.runbooks}/pipeline.md.`,
      namespace: namespaceOf(document),
      metric: 'OperatorsUnconfirmed',
      dimensions: dimensionsOf('check', 'sweep'),
      statistic: 'Maximum',
      comparison: 'GreaterThanOrEqualToThreshold',
      threshold: 1,
      // Each with two values or three, so that a late one changes nothing; long enough for a person to follow the link.
      periodSeconds: 900,
      periods: 4,
      missingData: 'notBreaching',
    });
  }

  #addNotifier(kind: string): void {
    const queue = this.#queueOf(kind, notifierFunction(kind));
    // Few at a time: providers take about one message a second, and a refusal costs more than a short wait.
    this.#function(notifierFunction(kind), { consumes: queue, channelKind: kind }).consume(queue, { batchSize: 5 });
    this.#subscribe(this.#topics.notifications, `${kind}-notifications`, queue.queue, {
      attributes: { channelKind: SubscriptionFilter.stringFilter({ allowlist: [kind] }) },
    });
  }

  /** SNS drops a message that no filter lets through; this subscription takes exactly those. */
  #catchUnrouted(): void {
    const known = channelKindsOf(this.#ground.document);
    const unrouted = new DeadLetterQueue(this, 'unrouted', {
      ground: this.#ground,
      thing: 'unrouted',
      of: 'a kind of channel that has no notifier',
    });
    this.#subscribe(this.#topics.notifications, 'unrouted-notifications', unrouted.queue, {
      ...(known.length > 0 && {
        attributes: { channelKind: new SubscriptionFilter([{ 'anything-but': known }, { exists: false }]) },
      }),
    });
  }

  #subscribe(topic: Topics['failures'], thing: string, queue: IQueue, filter?: Filter): void {
    this.#subscribeTo(topic, thing, { queue, ...(filter && { filter }) });
  }

  #subscribeTo(topic: Topics['failures'], thing: string, to: ConstructorParameters<typeof Subscribed>[2]['to']): void {
    new Subscribed(this, thing, { ground: this.#ground, topic, undelivered: this.#undelivered, to });
  }

  #queueOf(thing: string, consumer: string): ConsumedQueue {
    const { timeoutSeconds } = this.#contract(consumer);
    return new ConsumedQueue(this, `${thing}-queue`, { ground: this.#ground, thing, consumer, timeoutSeconds });
  }

  #function(name: string, own: Pick<Edges, 'consumes' | 'channelKind' | 'check'> = {}): PipelineFunction {
    const { code, state, tracing } = this.#props;
    const tables: Record<'history' | 'incidents', ITable> = state.tables;
    const made = new PipelineFunction(this, name, {
      name,
      contract: this.#contract(name),
      code: code(name),
      edges: {
        ground: this.#ground,
        ...tables,
        signals: this.#signals.queue,
        notifications: this.#topics.notifications,
        ...own,
      },
      tracing,
      concurrency: this.#concurrency.get(name)!,
    });
    this.#functions.push(made);
    return made;
  }

  #contract(name: string): Contract {
    const contract = this.#props.contracts.get(name);
    if (!contract) throw new Error(`There is no contract of ${name}; write functions/${name}/contract.ts.`);
    return contract;
  }
}
