import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseDefinition } from '../../catalog/parse-definition.ts';
import { loadConfig } from '../../cli/load-config.ts';
import { slackChannel } from '../../core/channels/slack/slack.ts';
import type { MonitoringDocument } from '../../core/definition/document.ts';
import { deadLetterQueuesOf, formerDeadLetterQueuesOf } from '../../functions/deployed-queues.ts';
import type { FunctionName } from '../../functions/functions.ts';
import { DemoService } from '../../laptop/demo/demo-service.ts';
import { StandInReceiver } from '../../laptop/demo/stand-in-receiver.ts';
import { alertTimeline } from '../acceptance/alert-timeline.ts';
import { eventually } from '../acceptance/world.ts';
import { prepareAccount } from './account.ts';
import { bootstrap, type Deployment, deploy, destroy } from './cdk.ts';
import { deployedTypes } from './deployed-types.ts';
import { DeployedWorld } from './deployed-world.ts';
import { homeOf } from './emulator.ts';
import { emulators } from './emulators.ts';
import { deployedOn } from './exercised.ts';
import { inventory, removeAllRetained } from './inventory.ts';
import { invoke } from './invoke.ts';
import { refuseRealAws } from './loopback-only.ts';
import { node24Bin, nodesUnder } from './node24.ts';
import { tellOperators } from './operators.ts';
import { tryWithout } from './statements.ts';

// The stacks, deployed by the CDK command line onto an emulator that nobody here wrote, and an alert on its whole way.
// Time is real here: schedules fire by the minute. Every wait looks again and again, and ends at a deadline.

const emulator = emulators[process.env['TOCSIN_EMULATOR'] ?? ''];
const endpoint = process.env['TOCSIN_ENDPOINT'];
if (!emulator || !endpoint) throw new Error('Start this with: npm run aws:test -- --emulator ministack');
refuseRealAws(process.env);

const configFile = fileURLToPath(new URL('acceptance.config.ts', import.meta.url));

/**
 * The statements that a function cannot do its shortest work without. The others cannot be shown so: MiniStack writes the
 * logs itself (Logs), asks no one's leave for the key behind an encrypted table, queue or topic (…Key), and polls queues by
 * itself (Queue); the sweep publishes only what is owed (Notifications), and reads values only of alarms that are OK too early
 * (AlarmValues); an alert goes out without its cause (PastRuns); a disk that cannot be read is a finding and no failure (AgentMetrics).
 */
const needs: Readonly<Record<FunctionName, string[]>> = {
  'alert-router': ['Incidents', 'Notifications', 'DeadLetters'],
  'batch-check': ['History', 'Metrics'],
  'disk-check': ['History', 'Metrics'],
  'email-notifier': ['Incidents', 'Mail', 'DeadLetters'],
  'health-check': ['History', 'Metrics'],
  'run-ingest': ['History', 'Metrics', 'Signals', 'DeadLetters'],
  'slack-notifier': ['Incidents', 'Parameters', 'DeadLetters'],
  sweep: ['Incidents', 'AlarmStates', 'Operators', 'Metrics'],
};

let service: DemoService;
let bystander: DemoService;
let slackReceiver: StandInReceiver;
let deployment: Deployment;
let document: MonitoringDocument;
let before: Set<string>;
let operatorsHeard: number;
let world: DeployedWorld;

beforeAll(async () => {
  [service, bystander, slackReceiver] = await Promise.all([
    DemoService.start(),
    DemoService.start(),
    StandInReceiver.start(slackChannel),
  ]);
  const urls = {
    TOCSIN_SERVICE_URL: service.url,
    ...(emulator.tellsTargetsApart && { TOCSIN_BYSTANDER_URL: bystander.url }),
  };
  Object.assign(process.env, urls);
  deployment = { endpoint, target: emulator.name, config: configFile, env: urls };
});
afterAll(async () => {
  world?.close();
  await Promise.all([service.stop(), bystander.stop(), slackReceiver.stop()]);
});

/** A queue with a consumer, by its name: all that was left are dead-letter queues, whose names an emulator may cut off. */
const isConsumed = (thing: string) => /queueQueue/.test(thing);

describe(`the pipeline, deployed on ${emulator.name}`, () => {
  it('deploys with the CDK command line, with nothing that was skipped unseen', { timeout: 300_000 }, async () => {
    await bootstrap(deployment);
    before = await inventory(endpoint);
    operatorsHeard = (await emulator.operatorMails(endpoint)).length;
    await deploy(deployment);
    expect((await emulator.skipped()).sort()).toEqual([...emulator.skips].sort());

    document = parseDefinition(await loadConfig(configFile), { world: 'emulator' });
    expect(await deployedTypes(endpoint, document)).toEqual(deployedOn(emulator));
    await prepareAccount(endpoint, document, { ACCEPTANCE_SLACK_WEBHOOK: slackReceiver.url }, () => {});
    world = await DeployedWorld.find({ emulator, endpoint, document, configFile, service, slackReceiver });
  });

  it.each(alertTimeline)('$says', { timeout: 600_000 }, async ({ play }) => {
    expect(world, 'nothing was deployed').toBeDefined();
    await play(world);
  });

  it('the sweep compares what is open with the alarms as they are, and supplies what was lost', async () => {
    const alarm = `${document.name}/${document.stage}/service/classifier/model-not-loaded`;
    const { functionName } = await world.subject('sweep');
    for (const state of ['ALARM', 'OK'] as const) {
      // Again if the alarm is evaluated in between, which happens once a minute.
      const isOpen = async () => {
        await world.setAlarm(alarm, state, { unheard: true });
        expect(await invoke(endpoint, functionName, { compare: true })).toBeUndefined();
        return (await world.groups.load(alarm))?.incident !== undefined;
      };
      const expected = state === 'ALARM';
      await eventually({ patienceMs: 30_000 }, `open is ${expected}`, isOpen, (open) => open === expected);
    }
  });

  it('notifies the operators that a part fails and that it has recovered, and not that a new alarm is OK', async () => {
    const { before, after } = await tellOperators(emulator, endpoint, document);
    // By now some dozens of new alarms are well.
    if (emulator.name === 'ministack')
      expect([before.length, after.length]).toEqual([operatorsHeard, operatorsHeard + 3]);
    expect(after.slice(operatorsHeard)).not.toContain('INSUFFICIENT_DATA → OK');
    if (emulator.name === 'localstack') expect(after).toEqual(expect.arrayContaining(['OK → ALARM', 'ALARM → OK']));
  });

  // Elsewhere npm has no Node 24 that is known to work, and functions run under the machine's own.
  it.runIf(process.platform === 'linux')('runs every function under the Node that it is deployed for', async () => {
    const nodes = await nodesUnder(homeOf(emulator));
    expect(nodes.length).toBeGreaterThan(0);
    expect(nodes.filter((node) => !node.startsWith(node24Bin))).toEqual([]);
  });

  // LocalStack's functions write to log groups of its own, which the stack does not name.
  it.runIf(emulator.name === 'ministack')('shows in a terminal what the functions logged', async () => {
    const trail = await world.tocsin('logs', 'tail', '--since', '1h', '--function', 'alert-router');
    expect(trail.output).toMatch(/alert-router +INFO .*classifier - Service down.* \(inc-[0-9a-f]+\)/);
    const errors = await world.tocsin('logs', 'errors', '--since', '1h');
    expect(errors, errors.output).toMatchObject({ exitCode: 0 });
  });

  // MiniStack checks each call against the function's own role; LocalStack checks none.
  describe.runIf(process.env['TOCSIN_ENFORCE_IAM'] === '1')('a function without one of its statements', () => {
    it.each(Object.entries(needs) as [FunctionName, string[]][])(
      '%s fails, wherever the emulator can show it',
      { timeout: 180_000 },
      async (name, needed) => {
        const subject = await world.subject(name);
        expect(await tryWithout(endpoint, subject)).toEqual({ needed, unseen: expect.any(Array) });
      },
    );
  });

  it('is destroyed, and leaves the tables, their key and the dead-letter queues, and nothing else', {
    timeout: 300_000,
  }, async () => {
    world.close();
    await destroy(deployment);
    const left = [...(await inventory(endpoint))].filter((thing) => !before.has(thing));
    const kinds = left.filter((thing) => !emulator.leaves.test(thing)).map((thing) => thing.split(' ')[0]);
    const kept = deadLetterQueuesOf(document).length + formerDeadLetterQueuesOf(document).length;
    expect(kinds.sort(), left.join('\n')).toEqual(['key', ...Array(kept).fill('queue'), 'table', 'table']);
    expect(left.filter(isConsumed)).toEqual([]);
    await removeAllRetained(endpoint, before);
    const after = [...(await inventory(endpoint))].filter(
      (thing) => !before.has(thing) && !emulator.leaves.test(thing),
    );
    expect(after).toEqual([]);
  });
});
