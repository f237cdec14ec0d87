import * as z from 'zod';
import { MemoryAlarmStore } from '../../adapters/memory-alarm-store.ts';
import { MemoryChannelPauses } from '../../adapters/memory-channel-pauses.ts';
import { MemoryDeliveries } from '../../adapters/memory-deliveries.ts';
import { MemoryExecutionHistory } from '../../adapters/memory-execution-history.ts';
import { MemoryGroups } from '../../adapters/memory-groups.ts';
import { MemoryIncidentArchive } from '../../adapters/memory-incident-archive.ts';
import { MemoryMetricSeries } from '../../adapters/memory-metric-series.ts';
import { MemoryQueue } from '../../adapters/memory-queue.ts';
import { VirtualClock } from '../../adapters/virtual-clock.ts';
import type { MonitoringDocument } from '../../core/definition/document.ts';
import { nextCron } from '../../core/time/zone.ts';
import { type BatchRun, batchRun, batchRunDetailType, batchRunSource } from '../../events/batch-run.ts';
import { pipeline, runsQueue, signalsQueue } from '../pipeline.ts';
import { nextTick, type Work } from '../scheduled-task.ts';
import type { Spectator, World } from '../world.ts';
import { yieldToEventLoop } from '../yield-to-event-loop.ts';
import { driveVirtually } from './drive-in-virtual-time.ts';
import { Outside } from './outside.ts';
import { type Scenario, ScenarioError } from './scenario.ts';
import { stage } from './sentences.ts';
import { simulatedCarriers, simulatedInstruments } from './stand-ins.ts';

/** Sees what happens in a simulation: in the pipeline, and to what is deployed. */
export interface SimulationSpectator extends Spectator {
  /** @param change what is deployed from here on, as the scenario writes it */
  deployed(change: string): void;
}

/** How a simulation is watched. */
export interface Watching<S extends SimulationSpectator> {
  /** Makes the spectator. @param now the time of the simulation */
  spectate(now: () => number): S;
  /** Called at the beginning of each simulated day, which lets a terminal show the progress. @default nothing */
  onDay?: ((at: number) => void) | undefined;
}

/** How long a batch run takes in a simulation. */
const batchRunMs = 3 * 60_000;

/**
 * Plays a scenario against a document, on a virtual clock and in memory: the pipeline is the real one, the world outside
 * is the scenario. The same scenario gives the same calls of the spectator, every time.
 * @returns the spectator, and the world as it is at the end
 * @throws {ScenarioError} when a sentence cannot be played
 */
export async function simulate<S extends SimulationSpectator>(
  file: string,
  scenario: Scenario,
  document: MonitoringDocument,
  { spectate, onDay = () => {} }: Watching<S>,
): Promise<{ world: World; spectator: S }> {
  const outside = new Outside();
  const problems = stage(scenario, document, outside);
  if (problems.length > 0) throw new ScenarioError(file, problems);

  const clock = new VirtualClock(scenario.startsAt);
  const spectator = spectate(() => clock.now());
  let world = simulatedWorld(document, outside, clock);

  const deploys = [...outside.deploys].sort((a, b) => a.at - b.at);
  for (const end of [...deploys.map((deploy) => deploy.at), scenario.endsAt]) {
    const works = [
      ...batchWorks(world, outside),
      eachDay(onDay),
      ...(await pipeline(world, spectator)).map((work) => stoppable(work, outside, clock)),
    ];
    await driveVirtually(works, clock, end - 1, (work, error) => spectator.failed(work.name, error));
    await clock.advanceTo(end);
    const deploy = deploys.shift();
    if (!deploy) break;
    world = { ...world, document: deploy.change(world.document) };
    spectator.deployed(deploy.what);
  }
  return { world, spectator };
}

function simulatedWorld(document: MonitoringDocument, outside: Outside, clock: VirtualClock): World {
  const queues = new Map<string, MemoryQueue>();
  const queue = (name: string) => {
    const known =
      queues.get(name) ??
      (name === signalsQueue ? lateSignals(new MemoryQueue(name, clock), outside) : new MemoryQueue(name, clock));
    queues.set(name, known);
    return known;
  };
  const kept = { clock, retentionDays: document.retentionDays };
  return {
    document,
    clock,
    history: new MemoryExecutionHistory(kept),
    groups: new MemoryGroups(),
    archive: new MemoryIncidentArchive(kept),
    deliveries: new MemoryDeliveries(),
    pauses: new MemoryChannelPauses(),
    metrics: new MemoryMetricSeries(),
    alarms: new MemoryAlarmStore(),
    queue,
    instruments: simulatedInstruments(document, outside, clock),
    carriersOf: (kind) => simulatedCarriers(kind, outside, clock),
    owner: 'simulator',
    ownsStore: true,
  };
}

/** Holds back the signals that the scenario says arrive late, once each. */
function lateSignals(queue: MemoryQueue, outside: Outside): MemoryQueue {
  const send = queue.send.bind(queue);
  queue.send = async (body) => {
    const { AlarmName = '', NewStateValue } = JSON.parse(body) as { AlarmName?: string; NewStateValue?: string };
    const index = outside.late.findIndex(
      ({ alarm, state }) => AlarmName.endsWith(`/${alarm}`) && state === NewStateValue,
    );
    const [late] = index >= 0 ? outside.late.splice(index, 1) : [];
    await send(body, late?.seconds ?? 0);
  };
  return queue;
}

/** Work that does nothing but say that a day begins. */
const eachDay = (onDay: (at: number) => void): Work => ({
  name: 'day',
  next: (after) => nextTick(after, 86_400),
  run: async (at) => {
    onDay(at);
    await yieldToEventLoop();
  },
});

/** A check's schedule, which the scenario may stop for a while. */
const stoppable = (work: Work, outside: Outside, clock: VirtualClock): Work => ({
  ...work,
  run: (at) => (outside.isStopped(work.name.split('-')[0]!, clock.now()) ? Promise.resolve() : work.run(at)),
});

/** The batch jobs of the document: each runs on its schedule and reports to the pipeline's bus, as the scenario says. */
const batchWorks = (world: World, outside: Outside): Work[] =>
  world.document.targets.flatMap((target) => {
    if (target.kind !== 'batch' || target.schedule === undefined) return [];
    const { schedule, name } = target;
    const { timeZone } = world.document;
    let known: number | undefined;
    return [
      {
        name: `job ${name}`,
        next: (after) => {
          // The driver asks at each of its steps: a day's schedule is worked out once a day.
          if (known === undefined || known <= after) {
            const started = nextCron(schedule, timeZone, after - batchRunMs);
            known = started === undefined ? undefined : started + batchRunMs;
          }
          return known;
        },
        run: async (at) => {
          const startedAt = at - batchRunMs;
          const weekday = new Date(new Intl.DateTimeFormat('sv-SE', { timeZone }).format(startedAt)).getUTCDay();
          const fate = outside.jobs.findLast((job) => job.job === name && (job.days?.includes(weekday) ?? true))?.how;
          if (fate === 'does not run') return;
          const run: BatchRun = {
            job: name,
            runId: new Date(startedAt).toISOString().slice(0, 16),
            startedAt,
            finishedAt: at,
            ...(fate === 'fails'
              ? { outcome: 'failed', error: 'ConnectionError: Unable to reach API' }
              : { outcome: 'succeeded', total: 150, successful: 147, failed: 3 }),
          };
          const event = {
            id: `event-${run.runId}`,
            source: batchRunSource,
            'detail-type': batchRunDetailType,
            detail: z.encode(batchRun, run),
          };
          await world.queue(runsQueue).send(JSON.stringify(event));
        },
      },
    ];
  });
