import { setMaxListeners } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import * as z from 'zod';
import { EnvironmentSecrets } from '../../adapters/environment-secrets.ts';
import { FetchHttpPoster } from '../../adapters/fetch-http-poster.ts';
import { NodeHttpProbe } from '../../adapters/got-http-probe.ts';
import { StatfsLocalDisks } from '../../adapters/statfs-local-disks.ts';
import type { MonitoringDocument } from '../../core/definition/document.ts';
import type { Clock } from '../../core/time/clock.ts';
import { type BatchRun, batchRun, batchRunDetailType, batchRunSource } from '../../events/batch-run.ts';
import type { DemoService } from '../../laptop/demo/demo-service.ts';
import type { DemoMode } from '../../laptop/demo/demo-traffic.ts';
import type { StandInReceiver } from '../../laptop/demo/stand-in-receiver.ts';
import { driveInRealTime } from '../../laptop/drive-in-real-time.ts';
import { OutboxMail } from '../../laptop/outbox-mail.ts';
import { pipeline, runsQueue, signalsQueue } from '../../laptop/pipeline.ts';
import { StateFolder } from '../../laptop/state-folder.ts';
import { openStore, type Store, storesOver } from '../../laptop/store.ts';
import type { World as LaptopPorts, Spectator } from '../../laptop/world.ts';
import { tocsinProcess } from '../support/command-line.ts';
import type { MailSeen, Parked, World } from './world.ts';

const gigabyte = 1024 ** 3;

/** What stands beside the laptop run on loopback. */
interface Surroundings {
  document: MonitoringDocument;
  clock: Clock;
  state: string;
  service: DemoService;
  slackReceiver: StandInReceiver;
}

/**
 * A laptop run in this process: its store on disk, its checks and webhooks over real HTTP, its mails in its outbox. The one
 * thing that is not there is an EC2 instance, so its disk is told by the timeline.
 */
export class LaptopWorld implements World {
  readonly name = 'laptop';
  readonly patienceMs = 60_000;
  readonly tellsTargetsApart = true;
  readonly quotesValues = true;
  readonly #around: Surroundings;
  readonly #ports: LaptopPorts;
  readonly #folder: StateFolder;
  readonly #store: Store;
  readonly #stop = new AbortController();
  readonly #parked: Parked[] = [];
  #disk = { freeGigabytes: 0, totalGigabytes: 0 };
  #over: Promise<void> = Promise.resolve();

  private constructor(around: Surroundings, folder: StateFolder, store: Store) {
    const { document, clock, slackReceiver } = around;
    this.#around = around;
    this.#folder = folder;
    this.#store = store;
    const mail = new OutboxMail(folder.outboxPath, () => clock.now());
    this.#ports = {
      document,
      clock,
      ...storesOver(store.client, document, clock),
      instruments: {
        http: new NodeHttpProbe({ clock }),
        secrets: { get: () => Promise.reject(new Error('no check has a secret here')) },
        localDisks: new StatfsLocalDisks(),
        agentDisks: {
          room: async () => ({
            freeBytes: this.#disk.freeGigabytes * gigabyte,
            totalBytes: this.#disk.totalGigabytes * gigabyte,
          }),
        },
      },
      carriersOf: () => ({
        mail,
        smtp: () => mail,
        http: new FetchHttpPoster(),
        secrets: new EnvironmentSecrets({ environment: { ACCEPTANCE_SLACK_WEBHOOK: slackReceiver.url } }),
      }),
      owner: 'laptop',
      ownsStore: true,
    };
  }

  /** Starts the run; it goes on until it is closed. */
  static async start(around: Surroundings): Promise<LaptopWorld> {
    const folder = new StateFolder(around.state);
    const store = await openStore(folder, around.document);
    folder.write({ document: around.document, pid: process.pid, endpoint: store.endpoint });
    const world = new LaptopWorld(around, folder, store);
    const tasks = await pipeline(world.#ports, world.#spectator());
    setMaxListeners(tasks.length + 10, world.#stop.signal);
    world.#over = driveInRealTime(tasks, around.clock, world.#stop.signal, (work, error) => {
      // A target that was not judged in time: a minute is three seconds here, and this machine may be busy.
      if (error instanceof AggregateError && error.errors.length === 0) return;
      throw new Error(`${work.name} failed`, { cause: error });
    });
    return world;
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await this.#over;
    this.#folder.write({ document: this.#around.document });
    await this.#store.close();
  }

  async service(mode: DemoMode): Promise<void> {
    this.#around.service.fail(mode);
  }

  async disk(room: { freeGigabytes: number; totalGigabytes: number }): Promise<void> {
    this.#disk = room;
  }

  async report(run: BatchRun): Promise<void> {
    const event = {
      id: run.runId,
      source: batchRunSource,
      'detail-type': batchRunDetailType,
      detail: z.encode(batchRun, run),
    };
    await this.#ports.queue(runsQueue).send(JSON.stringify(event));
  }

  async poison(body: string): Promise<void> {
    await this.#ports.queue(signalsQueue).send(body);
  }

  async lastRun(check: string, target: string) {
    const run = await this.#ports.history.lastRun(check, target);
    return run && { outcome: run.outcome, error: run.error?.class };
  }

  async metric(name: string, dimensions: Readonly<Record<string, string>>): Promise<number | undefined> {
    const now = this.#around.clock.now();
    const points = await this.#ports.metrics.points(name, dimensions, now - 10 * 60_000, now + 60_000);
    return [...points].sort((a, b) => a.at - b.at).at(-1)?.value;
  }

  async alarm(name: string): Promise<string | undefined> {
    return (await this.#ports.alarms.all()).find((record) => record.name === name)?.state;
  }

  async slack(): Promise<string[]> {
    return this.#around.slackReceiver.received.map(({ message }) => String(message['text'] ?? ''));
  }

  async mails(): Promise<MailSeen[]> {
    const { outboxPath } = this.#folder;
    const files = existsSync(outboxPath) ? readdirSync(outboxPath).sort() : [];
    return Promise.all(
      files.map(async (file) => {
        const mail = await PostalMime.parse(readFileSync(join(outboxPath, file)));
        return {
          subject: mail.subject ?? '',
          to: (mail.to ?? []).map(({ address }) => address ?? ''),
          text: mail.text ?? '',
        };
      }),
    );
  }

  async parked(): Promise<Parked[]> {
    return this.#parked;
  }

  async tocsin(...args: string[]): Promise<{ exitCode: number; output: string }> {
    const { exitCode, out, err } = await tocsinProcess([...args, '--state', this.#around.state]);
    return { exitCode, output: out + err };
  }

  #spectator(): Spectator {
    const unseen = () => {};
    return {
      run: unseen,
      transition: unseen,
      notification: unseen,
      receipt: unseen,
      operators: unseen,
      failed: unseen,
      setback: (_, { body }, verdict) => {
        if (verdict.verdict === 'dead-letter')
          this.#parked.push({ body, reason: verdict.reason, errorClass: verdict.errorClass });
      },
    };
  }
}
