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
import { nextTick, type ScheduledTask } from '../scheduled-task.ts';
import type { Spectator, World } from '../world.ts';
import { yieldToEventLoop } from '../yield-to-event-loop.ts';
import { driveInVirtualTime } from './drive-in-virtual-time.ts';
import { Outside } from './outside.ts';
import { type Scenario, ScenarioError } from './scenario.ts';
import { stage } from './sentences.ts';
import { simulatedCarriers, simulatedInstruments } from './stand-ins.ts';

/** Observes a simulation: the pipeline and deployments. */
export interface SimulationSpectator extends Spectator {
  /** @param change the deployed change, as the scenario describes it */
  deployed(change: string): void;
}

/** How to observe a simulation. */
export interface SimulationView<S extends SimulationSpectator> {
  /** Creates the spectator. @param now the time of the simulation */
  spectate(now: () => number): S;
  /** Called at the beginning of each simulated day, so that a terminal can show the progress. @default none */
  onDay?: ((at: number) => void) | undefined;
}

/** The duration of a batch run in a simulation. */
const batchRunMs = 3 * 60_000;

/**
 * Runs a scenario against a document, on a virtual clock and in memory. The pipeline is the real one; the scenario simulates the
 * systems outside. The same scenario always produces the same calls of the spectator.
 * @returns the spectator, and the world at the end
 * @throws {ScenarioError} if a sentence cannot be simulated
 */
export async function simulate<S extends SimulationSpectator>(
  file: string,
  scenario: Scenario,
  document: MonitoringDocument,
  { spectate, onDay = () => {} }: SimulationView<S>,
): Promise<{ world: World; spectator: S }> {
  const outside = new Outside();
  const problems = stage(scenario, document, outside);
  if (problems.length > 0) throw new ScenarioError(file, problems);

  const clock = new VirtualClock(scenario.startsAt);
  const spectator = spectate(() => clock.now());
  let world = simulatedWorld(document, outside, clock);

  const deploys = [...outside.deploys].sort((a, b) => a.at - b.at);
  for (const end of [...deploys.map((deploy) => deploy.at), scenario.endsAt]) {
    const tasks = [
      ...batchTasks(world, outside),
      eachDay(onDay),
      ...(await pipeline(world, spectator)).map((task) => stoppable(task, outside, clock)),
    ];
    await driveInVirtualTime(tasks, clock, end - 1, (task, error) => spectator.failed(task.name, error));
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
  const options = { clock, retentionDays: document.retentionDays };
  return {
    document,
    clock,
    history: new MemoryExecutionHistory(options),
    groups: new MemoryGroups(),
    archive: new MemoryIncidentArchive(options),
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

/** Delays the signals that arrive late in the scenario, once each. */
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

/** Calls a function at the beginning of each day. */
const eachDay = (onDay: (at: number) => void): ScheduledTask => ({
  name: 'day',
  next: (after) => nextTick(after, 86_400),
  run: async (at) => {
    onDay(at);
    await yieldToEventLoop();
  },
});

/** The schedule of a check, which the scenario may stop for some time. */
const stoppable = (task: ScheduledTask, outside: Outside, clock: VirtualClock): ScheduledTask => ({
  ...task,
  run: (at) => (outside.isStopped(task.name.split('-')[0]!, clock.now()) ? Promise.resolve() : task.run(at)),
});

/** The batch jobs of the document. Each runs on its schedule and reports its runs, as the scenario specifies. */
const batchTasks = (world: World, outside: Outside): ScheduledTask[] =>
  world.document.targets.flatMap((target) => {
    if (target.kind !== 'batch' || target.schedule === undefined) return [];
    const { schedule, name } = target;
    const { timeZone } = world.document;
    let known: number | undefined;
    return [
      {
        name: `job ${name}`,
        next: (after) => {
          // The driver calls this at each step, so the next run is only calculated when the previous one has passed.
          if (known === undefined || known <= after) {
            const started = nextCron(schedule, timeZone, after - batchRunMs);
            known = started === undefined ? undefined : started + batchRunMs;
          }
          return known;
        },
        run: async (at) => {
          const startedAt = at - batchRunMs;
          const weekday = new Date(new Intl.DateTimeFormat('sv-SE', { timeZone }).format(startedAt)).getUTCDay();
          const behaviour = outside.jobs.findLast(
            (job) => job.job === name && (job.days?.includes(weekday) ?? true),
          )?.how;
          if (behaviour === 'does not run') return;
          const run: BatchRun = {
            job: name,
            runId: new Date(startedAt).toISOString().slice(0, 16),
            startedAt,
            finishedAt: at,
            ...(behaviour === 'fails'
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
