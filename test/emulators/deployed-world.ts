import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import {
  CloudFormationClient,
  DescribeStackResourcesCommand,
  type StackResource,
} from '@aws-sdk/client-cloudformation';
import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  DisableAlarmActionsCommand,
  EnableAlarmActionsCommand,
  GetMetricStatisticsCommand,
  PutMetricDataCommand,
  SetAlarmStateCommand,
} from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { LambdaClient, paginateListFunctions } from '@aws-sdk/client-lambda';
import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { DynamodbExecutionHistory } from '../../adapters/dynamodb-execution-history.ts';
import { DynamodbGroups } from '../../adapters/dynamodb-groups.ts';
import { DynamodbTable } from '../../adapters/dynamodb-table.ts';
import { SystemClock } from '../../adapters/system-clock.ts';
import type { MonitoringDocument } from '../../core/definition/document.ts';
import { namespaceOf } from '../../core/metrics/metric.ts';
import { type BatchRun, batchRun, batchRunDetailType, batchRunSource } from '../../events/batch-run.ts';
import type { FunctionName } from '../../functions/functions.ts';
import type { DemoService } from '../../laptop/demo/demo-service.ts';
import type { StandInReceiver } from '../../laptop/demo/stand-in-receiver.ts';
import type { MailSeen, Parked, World } from '../acceptance/world.ts';
import { at } from './account.ts';
import type { Emulator } from './emulator.ts';
import { functionEvents } from './function-events.ts';
import { emulatorEnvironment, region } from './loopback-only.ts';
import type { Subject } from './statements.ts';

/** What stands beside the deployed stacks on loopback. */
export interface Surroundings {
  emulator: Emulator;
  endpoint: string;
  document: MonitoringDocument;
  configFile: string;
  service: DemoService;
  slackReceiver: StandInReceiver;
}

/**
 * The stacks as they are deployed at an emulator, seen and moved through the services' own interfaces. It signs with the
 * emulator's root key; the functions in it have their own roles.
 */
export class DeployedWorld implements World {
  readonly name: string;
  /** Real minutes: schedules fire each minute, and an alarm's datapoint is a minute. */
  readonly patienceMs = 300_000;
  readonly tellsTargetsApart: boolean;
  readonly quotesValues: boolean;
  readonly #around: Surroundings;
  readonly #queues: { signals: string; deadLetters: string };
  readonly history: DynamodbExecutionHistory;
  readonly groups: DynamodbGroups;
  readonly #incidents: DynamodbTable;
  readonly #cloudwatch: CloudWatchClient;
  readonly #sqs: SQSClient;
  readonly #parked: Parked[] = [];
  readonly #earlierMails: number;
  #disk = { freeGigabytes: 0, totalGigabytes: 0 };
  #agent: NodeJS.Timeout | undefined;

  private constructor(around: Surroundings, physical: (logicalId: RegExp) => string, earlierMails: number) {
    this.#earlierMails = earlierMails;
    this.#around = around;
    this.name = around.emulator.name;
    this.tellsTargetsApart = around.emulator.tellsTargetsApart;
    this.quotesValues = around.emulator.quotesValues;
    this.#queues = { signals: physical(/^signalsqueueQueue/), deadLetters: physical(/^signalsqueuedeadlettersQueue/) };
    this.history = new DynamodbExecutionHistory(new DynamoDBClient(at(around.endpoint)), physical(/^historytable/), {
      clock: new SystemClock(),
      retentionDays: around.document.retentionDays,
    });
    const incidents = physical(/^incidentstable/);
    this.groups = new DynamodbGroups(new DynamoDBClient(at(around.endpoint)), incidents);
    this.#incidents = new DynamodbTable(new DynamoDBClient(at(around.endpoint)), incidents);
    this.#cloudwatch = new CloudWatchClient(at(around.endpoint));
    this.#sqs = new SQSClient(at(around.endpoint));
  }

  /** Finds what was deployed. Physical names come from CloudFormation; emulators do not name as AWS does. */
  static async find(around: Surroundings): Promise<DeployedWorld> {
    const cloudformation = new CloudFormationClient(at(around.endpoint));
    const { name, stage } = around.document;
    const resources: StackResource[] = [];
    for (const stack of ['state', 'pipeline']) {
      const command = new DescribeStackResourcesCommand({ StackName: `${name}-${stage}-${stack}` });
      resources.push(...((await cloudformation.send(command)).StackResources ?? []));
    }
    const physical = (logicalId: RegExp): string => {
      const found = resources.filter(
        ({ LogicalResourceId = '', ResourceType }) =>
          logicalId.test(LogicalResourceId) && /::(Queue|Table)$/.test(ResourceType ?? ''),
      );
      if (found.length === 1) return found[0]!.PhysicalResourceId!;
      throw new Error(`${found.length} deployed queues or tables have an id like ${logicalId}`);
    };
    // An emulator's inbox outlives the stacks that wrote into it.
    const earlierMails = await around.emulator.mails(around.endpoint);
    return new DeployedWorld(around, physical, earlierMails.length);
  }

  async service(mode: Parameters<DemoService['fail']>[0]): Promise<void> {
    this.#around.service.fail(mode);
  }

  /** As an agent does: the present value now, and again every few seconds, until the next call. */
  async disk(room: { freeGigabytes: number; totalGigabytes: number }): Promise<void> {
    this.#disk = room;
    await this.#reportDisk();
    this.#agent ??= setInterval(() => void this.#reportDisk().catch((error) => this.#agentFailed(error)), 10_000);
  }

  async report(run: BatchRun): Promise<void> {
    const { name, stage } = this.#around.document;
    const entry = {
      EventBusName: `${name}-${stage}`,
      Source: batchRunSource,
      DetailType: batchRunDetailType,
      Detail: JSON.stringify(z.encode(batchRun, run)),
    };
    const { FailedEntryCount } = await new EventBridgeClient(at(this.#around.endpoint)).send(
      new PutEventsCommand({ Entries: [entry] }),
    );
    if (FailedEntryCount) throw new Error('the bus refused the run');
  }

  async poison(body: string): Promise<void> {
    await this.#sqs.send(new SendMessageCommand({ QueueUrl: this.#queues.signals, MessageBody: body }));
  }

  async lastRun(check: string, target: string): Promise<{ outcome: string; error?: string | undefined } | undefined> {
    const run = await this.history.lastRun(check, target);
    return run && { outcome: run.outcome, error: run.error?.message };
  }

  async metric(name: string, dimensions: Readonly<Record<string, string>>): Promise<number | undefined> {
    const { Datapoints = [] } = await this.#cloudwatch.send(
      new GetMetricStatisticsCommand({
        Namespace: namespaceOf(this.#around.document),
        MetricName: name,
        Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
        StartTime: new Date(Date.now() - 10 * 60_000),
        EndTime: new Date(Date.now() + 60_000),
        Period: 60,
        Statistics: ['Minimum'],
      }),
    );
    const newest = Datapoints.sort((a, b) => b.Timestamp!.getTime() - a.Timestamp!.getTime())[0];
    return newest?.Minimum;
  }

  /** As if CloudWatch had evaluated it; with `unheard`, as if the signal of it was lost. */
  async setAlarm(name: string, state: 'OK' | 'ALARM', options: { unheard?: boolean } = {}): Promise<void> {
    const alarm = { AlarmNames: [name] };
    if (options.unheard) await this.#cloudwatch.send(new DisableAlarmActionsCommand(alarm));
    const command = { AlarmName: name, StateValue: state, StateReason: 'Set by hand.' };
    await this.#cloudwatch.send(new SetAlarmStateCommand(command));
    if (options.unheard) await this.#cloudwatch.send(new EnableAlarmActionsCommand(alarm));
  }

  async alarm(name: string): Promise<string | undefined> {
    const { MetricAlarms = [] } = await this.#cloudwatch.send(new DescribeAlarmsCommand({ AlarmNames: [name] }));
    return MetricAlarms[0]?.StateValue;
  }

  async slack(): Promise<string[]> {
    return this.#around.slackReceiver.received.map(({ message }) => String(message['text'] ?? ''));
  }

  async mails(): Promise<MailSeen[]> {
    return (await this.#around.emulator.mails(this.#around.endpoint)).slice(this.#earlierMails);
  }

  async parked(): Promise<Parked[]> {
    const { Messages = [] } = await this.#sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: this.#queues.deadLetters,
        MessageAttributeNames: ['All'],
        MaxNumberOfMessages: 10,
        WaitTimeSeconds: 1,
      }),
    );
    for (const { Body = '', MessageAttributes = {} } of Messages) {
      this.#parked.push({
        body: Body,
        reason: MessageAttributes['reason']?.StringValue,
        errorClass: MessageAttributes['errorClass']?.StringValue,
      });
    }
    return this.#parked;
  }

  async tocsin(...args: string[]): Promise<{ exitCode: number; output: string }> {
    const { document, endpoint, configFile, service } = this.#around;
    const stack = `${document.name}-${document.stage}-${args[0] === 'logs' ? 'pipeline' : 'state'}`;
    const place = ['--stack', stack, '--region', region, '--config', configFile];
    const child = spawn(process.execPath, ['bin/tocsin.js', ...args, ...place], {
      env: { ...emulatorEnvironment(endpoint), TOCSIN_SERVICE_URL: service.url },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [output, errors, exitCode] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      new Promise<number>((resolve) => child.once('close', (code) => resolve(code ?? 1))),
    ]);
    return { exitCode, output: output + errors };
  }

  /** A function by the name of its folder, with its role and its shortest work. */
  async subject(name: FunctionName): Promise<Subject> {
    const lambda = new LambdaClient(at(this.#around.endpoint));
    for await (const { Functions = [] } of paginateListFunctions({ client: lambda }, {})) {
      const found = Functions.find(({ Environment }) => Environment?.Variables?.['POWERTOOLS_SERVICE_NAME'] === name);
      if (!found) continue;
      const events = functionEvents(this.#around.document)[name]!;
      const { FunctionName, Role } = found as Required<typeof found>;
      // A try that failed leaves its channel alone for a moment.
      const forget = async () => {
        for (const channel of Object.keys(this.#around.document.channels))
          await this.#incidents.remove({ pk: `CHANNEL#${channel}`, sk: 'PAUSE' });
      };
      return { functionName: FunctionName, roleName: Role.split('/').at(-1)!, events, forget };
    }
    throw new Error(`no function ${name} is deployed`);
  }

  /** Ends what it does by itself. */
  close(): void {
    clearInterval(this.#agent);
  }

  async #reportDisk(): Promise<void> {
    const { freeGigabytes, totalGigabytes } = this.#disk;
    const Dimensions = Object.entries({
      InstanceId: 'i-0123456789abcdef0',
      path: '/data',
      device: 'nvme1n1',
      fstype: 'xfs',
    }).map(([Name, Value]) => ({ Name, Value }));
    const MetricData = Object.entries({ disk_free: freeGigabytes, disk_total: totalGigabytes }).map(
      ([MetricName, gigabytes]) => ({ MetricName, Dimensions, Unit: 'Bytes' as const, Value: gigabytes * 1024 ** 3 }),
    );
    await this.#cloudwatch.send(new PutMetricDataCommand({ Namespace: 'CWAgent', MetricData }));
  }

  #agentFailed(error: unknown): void {
    clearInterval(this.#agent);
    process.emitWarning(`the pretended CloudWatch agent stopped: ${String(error)}`);
  }
}
