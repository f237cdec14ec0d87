import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CloudFormationClient, paginateDescribeStackEvents } from '@aws-sdk/client-cloudformation';
import { ListQueuesCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseDefinition } from '../../../catalog/parse-definition.ts';
import { loadConfig } from '../../../cli/load-config.ts';
import { slackChannel } from '../../../core/channels/slack/slack.ts';
import type { Run } from '../../../core/history/run.ts';
import type { Group } from '../../../core/incidents/group.ts';
import type { BatchRun } from '../../../events/batch-run.ts';
import type { FunctionName } from '../../../functions/functions.ts';
import { DemoService } from '../../../laptop/demo/demo-service.ts';
import { StandInReceiver } from '../../../laptop/demo/stand-in-receiver.ts';
import { shapeExport, stateShapes } from '../../../lib/state-shape.ts';
import { eventually } from '../../acceptance/world.ts';
import { collect } from '../../support/collect.ts';
import { at, prepareAccount } from '../account.ts';
import { bootstrap, type Deployment, deploy, deployAlone, destroy } from '../cdk.ts';
import { DeployedWorld } from '../deployed-world.ts';
import { emulators } from '../emulators.ts';
import { inventory, removeAllRetained } from '../inventory.ts';
import { invoke, renew } from '../invoke.ts';
import { refuseRealAws } from '../loopback-only.ts';
import { readBaseline, unpack } from './baseline.ts';

// The stacks of an earlier commit, with its own functions, are deployed and put to work; then this commit takes over in the
// middle of it. What is read afterwards was written by the old functions and is read by the new ones.

const emulator = emulators[process.env['TOCSIN_EMULATOR'] ?? ''];
const endpoint = process.env['TOCSIN_ENDPOINT'];
if (!emulator || !endpoint) throw new Error('Start this with: npm run aws:test -- --emulator ministack');
refuseRealAws(process.env);

const baseline = await readBaseline();
const configFile = fileURLToPath(new URL('../acceptance.config.ts', import.meta.url));
const serviceDown = 'acceptance/dev/service/classifier/service-down';
const batchFailed = 'acceptance/dev/batch/nightly/batch-failed';
const patient = { patienceMs: 90_000 };

let service: DemoService;
let slackReceiver: StandInReceiver;
let deployment: Deployment;
let before: Set<string>;
let world: DeployedWorld;
let deadLetters: string | undefined;
let left: { runs: Run[]; down: Group; failed: Group };

beforeAll(async () => {
  [service, slackReceiver] = await Promise.all([DemoService.start(), StandInReceiver.start(slackChannel)]);
  // Until the end, so that no tick of the clock resolves anything in between.
  service.fail('down');
  process.env['TOCSIN_SERVICE_URL'] = service.url;
  deployment = { endpoint, target: emulator.name, config: configFile, env: { TOCSIN_SERVICE_URL: service.url } };
});
afterAll(async () => {
  world?.close();
  await Promise.all([service.stop(), slackReceiver.stop()]);
});

describe(`an upgrade of ${baseline.commit} to this commit, on ${emulator.name}`, { timeout: 300_000 }, () => {
  it('begins with the stacks as they were, and their functions', async () => {
    // Values of an acceptance that ended a moment ago would count: MiniStack pools all values of a metric's last minute.
    await emulator.forget?.(endpoint);
    before = await inventory(endpoint);
    await bootstrap(deployment);
    await deploy({ endpoint, target: emulator.name, app: await unpack(baseline) });
    const document = parseDefinition(await loadConfig(configFile), { world: 'emulator' });
    await prepareAccount(endpoint, document, { ACCEPTANCE_SLACK_WEBHOOK: slackReceiver.url }, () => {});
    world = await DeployedWorld.find({ emulator, endpoint, document, configFile, service, slackReceiver });
  });

  it('with runs, an incident that people were notified of, and one with a pending notification', async () => {
    // Nobody listens at the address that the baseline looks at.
    await run('health-check');
    await world.setAlarm(serviceDown, 'ALARM');
    await told({ slack: ['🔴 [CRITICAL]'], mails: ['[CRITICAL]'] });

    // As if SNS refused: what the transition promised stays in the outbox.
    for (const name of ['alert-router', 'sweep'] as const) await pointTo(name, (topic) => `${topic}-gone`);
    await world.report(nightly('failed'));
    await eventually(patient, 'news of the batch run is owed', () => group(batchFailed), owesNews);
    left = {
      runs: await collect(world.history.failedRuns({ days: 1 })),
      down: (await group(serviceDown))!,
      failed: (await group(batchFailed))!,
    };
    expect(left.runs.map(({ kind, target }) => `${kind} ${target}`)).toEqual(
      expect.arrayContaining(['health classifier', 'job nightly']),
    );
    expect(left.down).toMatchObject({ incident: { reminders: 0 }, outbox: [] });
    expect(counted(await world.mails())).toEqual({ '[CRITICAL]': 1 });
  });

  it('with a message in a dead-letter queue of a subscription, which this version feeds no more', async () => {
    const sqs = new SQSClient(at(endpoint));
    const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({}));
    deadLetters = QueueUrls.find((url) => /critical-?deadletters/i.test(url));
    expect(deadLetters, QueueUrls.join('\n')).toBeDefined();
    await sqs.send(new SendMessageCommand({ QueueUrl: deadLetters, MessageBody: 'nobody has read this' }));
  });

  it('takes the pipeline first where the state has what it needs, and refuses it with what to do where not', async () => {
    const state = await readFile(join(await unpack(baseline), 'acceptance-dev-state.template.json'), 'utf8');
    const needed = shapeExport('acceptance-dev-state', stateShapes.length);
    const alone = deployAlone(deployment, 'acceptance-dev-pipeline');
    if (state.includes(needed)) return alone;
    await expect(alone).rejects.toThrow('failed');
    // The command line reads the newest events only, and there the reason may be missing.
    const reasons: string[] = [];
    const pages = paginateDescribeStackEvents(
      { client: new CloudFormationClient(at(endpoint)) },
      { StackName: 'acceptance-dev-pipeline' },
    );
    for await (const { StackEvents = [] } of pages)
      reasons.push(...StackEvents.flatMap(({ ResourceStatusReason }) => ResourceStatusReason ?? []));
    expect(reasons.join('\n')).toContain(needed);
  });

  it('and then all of it', () => deploy(deployment));

  it('keeps every run and both incidents, and sends the pending notification once', async () => {
    expect(await collect(world.history.failedRuns({ days: 1 }))).toEqual(expect.arrayContaining(left.runs));
    expect((await group(serviceDown))?.incident).toEqual(left.down.incident);
    expect((await group(batchFailed))?.incident).toEqual(left.failed.incident);

    for (const name of ['alert-router', 'sweep'] as const) await pointTo(name, (topic) => topic.replace(/-gone$/, ''));
    // With the comparison, which by the clock is made only in some minutes: this must hold in all of them.
    expect(await run('sweep')).toBeUndefined();
    await told({ slack: ['🔴 [CRITICAL]', '🟠 [HIGH]'], mails: ['[CRITICAL]', '[HIGH]'] });
    await eventually(
      patient,
      'nothing is owed any more',
      () => group(batchFailed),
      (seen) => seen?.outbox.length === 0,
    );
  });

  it('keeps that message too', async () => {
    const { Messages = [] } = await new SQSClient(at(endpoint)).send(
      new ReceiveMessageCommand({ QueueUrl: deadLetters, WaitTimeSeconds: 1 }),
    );
    expect(Messages.map(({ Body }) => Body)).toEqual(['nobody has read this']);
  });

  it('resolves the open incidents for those who were notified, without duplicates', async () => {
    service.fail('ok');
    // Only the new document names this service, so it is the new function that sees it.
    expect(await run('health-check')).toBeUndefined();
    expect(await world.lastRun('health', 'classifier')).toMatchObject({ outcome: 'ok' });
    await world.setAlarm(serviceDown, 'OK');
    await world.report(nightly('succeeded'));
    await told({
      slack: ['🔴 [CRITICAL]', '🟠 [HIGH]', '✅ [RESOLVED] [CRITICAL]', '✅ [RESOLVED] [HIGH]'],
      mails: ['[CRITICAL]', '[HIGH]', '[RESOLVED] [CRITICAL]', '[RESOLVED] [HIGH]'],
    });
    for (const key of [serviceDown, batchFailed]) expect((await group(key))?.incident).toBeUndefined();
    const resolved = slackReceiver.received
      .map(({ message }) => JSON.stringify(message))
      .filter((text) => text.includes('[RESOLVED]'));
    for (const { incident } of [left.down, left.failed])
      expect(
        resolved.some((text) => text.includes(incident!.id)),
        incident!.id,
      ).toBe(true);
  });

  it('leaves nothing behind', async () => {
    world.close();
    await destroy(deployment);
    await removeAllRetained(endpoint, before);
  });
});

const nightly = (outcome: BatchRun['outcome']): BatchRun => ({
  job: 'nightly',
  runId: outcome,
  startedAt: Date.now() - 60_000,
  finishedAt: Date.now(),
  outcome,
  ...(outcome === 'failed' && { error: 'the feature store refused the connection' }),
});
const group = (key: string) => world.groups.load(key);
const owesNews = (seen: Group | undefined) => seen?.outbox.some(({ owes }) => owes === 'notification');

/** Has a function do its shortest work. @returns why it failed, if it did */
async function run(name: FunctionName): Promise<string | undefined> {
  const { functionName, events } = await world.subject(name);
  return invoke(endpoint!, functionName, events()[0]);
}

/** Changes the topic that a function publishes notifications to. */
async function pointTo(name: FunctionName, change: (topic: string) => string): Promise<void> {
  const { functionName } = await world.subject(name);
  await renew(endpoint!, functionName, ({ NOTIFICATIONS_TOPIC_ARN: topic = '' }) => ({
    NOTIFICATIONS_TOPIC_ARN: change(topic),
  }));
}

/** Waits until exactly these were told, each once, by how their texts begin. */
async function told(expected: { slack: string[]; mails: string[] }): Promise<void> {
  const once = (starts: string[]) => Object.fromEntries(starts.map((start) => [start, 1]));
  const seen = async () => ({ slack: starts(await world.slack()), mails: counted(await world.mails()) });
  const enough = (all: Awaited<ReturnType<typeof seen>>) =>
    expected.slack.every((start) => all.slack[start]) && expected.mails.every((start) => all.mails[start]);
  const found = await eventually(patient, `these were told: ${JSON.stringify(expected)}`, seen, enough);
  expect(found).toEqual({ slack: once(expected.slack), mails: once(expected.mails) });
}

/** How often each beginning (sign, words in brackets) was told. */
function starts(texts: string[]): Record<string, number> {
  const found: Record<string, number> = {};
  for (const text of texts) {
    const start = /^(\S+ )?(\[\w+\] ?)+/.exec(text)?.[0].trim() ?? text;
    found[start] = (found[start] ?? 0) + 1;
  }
  return found;
}
const counted = (mails: { subject: string }[]) => starts(mails.map(({ subject }) => subject));
