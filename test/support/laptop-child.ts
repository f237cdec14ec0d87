// A laptop run that can be killed at any point: the real pipeline over the real store on disk, with real posts to Slack's
// stand-in, on a virtual clock so that an outage takes a second. A program of its own; the test bundles and starts it.
//
// Arguments, as one JSON text: see ChildOrder. Prints a line of JSON for each point when it lists them, and one report.

import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { FetchHttpPoster } from '../../adapters/fetch-http-poster.ts';
import { VirtualClock } from '../../adapters/virtual-clock.ts';
import { parseDefinition } from '../../catalog/parse-definition.ts';
import type { HttpResponse } from '../../core/checks/observe.ts';
import { batchRun, batchRunDetailType, batchRunSource } from '../../events/batch-run.ts';
import { batchFailed, batchRuns, email, health, serviceDown, slack } from '../../index.ts';
import { OutboxMail } from '../../laptop/outbox-mail.ts';
import { pipeline, runsQueue } from '../../laptop/pipeline.ts';
import { nextTick, type ScheduledTask } from '../../laptop/scheduled-task.ts';
import { driveInVirtualTime } from '../../laptop/simulation/drive-in-virtual-time.ts';
import { StateFolder } from '../../laptop/state-folder.ts';
import { openStore, storesOver } from '../../laptop/store.ts';
import type { Spectator, World } from '../../laptop/world.ts';
import { type Point, PortRecorder } from './port-recorder.ts';

/** What the child is told. Moments are epoch milliseconds. */
export interface ChildOrder {
  state: string;
  slackWebhook: string;
  startsAt: number;
  endsAt: number;
  downFrom: number;
  downTo: number;
  /** When another process reports the failed batch run. */
  runReportedAt: number;
  /** The number of the point at which the process kills itself; without it, points are listed. */
  killAt?: number;
}

/** A point as the child lists it, with its moment. */
export type ListedPoint = Point & { at: number };

/** What the child reports when it came to its end. */
export interface ChildReport {
  deadLetters: string[];
  failures: string[];
}

const order = JSON.parse(process.argv[2] ?? '{}') as ChildOrder;

const document = parseDefinition(
  {
    name: 'kill',
    operators: ['ops@example.com'],
    channels: {
      'ml-alerts': slack({ webhook: order.slackWebhook }),
      'ml-team': email({ from: 'tocsin@example.com', to: ['ml-team@example.com'] }),
    },
    routes: {
      critical: ['ml-alerts', 'ml-team'],
      high: ['ml-alerts', 'ml-team'],
      medium: ['ml-team'],
      info: ['ml-team'],
    },
    services: {
      classifier: {
        url: 'http://127.0.0.1:9/',
        checks: [health({ every: '1 minute' })],
        rules: [serviceDown({ for: '1 minute' })],
      },
    },
    batchJobs: { nightly: { checks: [batchRuns({ every: '1 hour' })], rules: [batchFailed()] } },
  },
  { world: 'laptop' },
);

const points = join(order.state, 'points.jsonl');
const recorder = new PortRecorder((point) => {
  // Dies here and now, as by kill -9 from outside: nothing is closed, nothing ends.
  if (point.number === order.killAt) process.kill(process.pid, 'SIGKILL');
  if (order.killAt === undefined) appendFileSync(points, `${JSON.stringify({ ...point, at: clock.now() })}\n`);
});
const clock = new VirtualClock(order.startsAt, recorder.atRest);

const store = await openStore(new StateFolder(order.state), document);
const outbox = new OutboxMail(join(order.state, 'outbox'), () => clock.now());
const world: World = {
  document,
  clock,
  ...storesOver(store.client, document, clock),
  instruments: {
    http: { get: async () => serviceAnswer() },
    secrets: { get: () => Promise.reject(new Error('no check has a secret here')) },
    localDisks: { room: () => Promise.reject(new Error('no disk is watched here')) },
    agentDisks: { room: () => Promise.reject(new Error('no disk is watched here')) },
  },
  carriersOf: () => ({
    secrets: { get: () => Promise.reject(new Error('the webhook on loopback is no secret')) },
    http: new FetchHttpPoster(),
    mail: outbox,
    smtp: () => outbox,
  }),
  owner: `child-${process.pid}`,
  ownsStore: true,
};

const report: ChildReport = { deadLetters: [], failures: [] };
const spectator: Spectator = {
  run: () => {},
  transition: () => {},
  notification: () => {},
  receipt: () => {},
  operators: () => {},
  setback: (queue, _, verdict) => {
    if (verdict.verdict === 'dead-letter') report.deadLetters.push(`${queue}: ${verdict.reason}`);
  },
  failed: (work, error) => report.failures.push(`${work}: ${String(error)}`),
};

const tasks = (await pipeline(recorder.world(world), spectator)).map(lookOncePerMinute);
await driveInVirtualTime([...tasks, reporter()], clock, order.endsAt, (work, error) =>
  spectator.failed(work.name, error),
);
await store.close();
process.stdout.write(JSON.stringify(report));

function serviceAnswer(): HttpResponse {
  const isDown = clock.now() >= order.downFrom && clock.now() < order.downTo;
  return isDown
    ? { answered: false, error: { class: 'refused', message: 'connection refused' }, timings: { totalMs: 1 } }
    : { answered: true, status: 200, body: '{"status":"healthy"}', timings: { totalMs: 1 } };
}

/** Queues on disk are looked at three times a second; for a story in minutes each minute is enough. */
function lookOncePerMinute(work: ScheduledTask): ScheduledTask {
  const isQueue = /^(signals|runs|channel-)/.test(work.name);
  return isQueue ? { ...work, next: (after) => nextTick(after, 60) } : work;
}

/** Another process on this machine, `tocsin batch run`, puts its report into the queue; it is not the one that dies. */
function reporter(): ScheduledTask {
  return {
    name: 'batch run',
    next: (after) => (after < order.runReportedAt ? order.runReportedAt : undefined),
    run: async (at) => {
      const detail = z.encode(batchRun, {
        job: 'nightly',
        runId: 'run-1',
        startedAt: at - 60_000,
        finishedAt: at,
        outcome: 'failed',
        error: 'cannot reach the API',
      });
      const event = { id: randomUUID(), source: batchRunSource, 'detail-type': batchRunDetailType, detail };
      await recorder.quietly(() => world.queue(runsQueue).send(JSON.stringify(event)));
    },
  };
}
