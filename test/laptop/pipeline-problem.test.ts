import { expect, it } from 'vitest';
import { MemoryQueue } from '../../adapters/memory-queue.ts';
import {
  clockSetBack,
  notifyOf,
  runFileUnwritten,
  storeFailed,
  storeMissing,
  storeUnopened,
} from '../../laptop/pipeline-problem.ts';
import { aDocument } from '../support/a-document.ts';
import { handClock } from '../support/hand-clock.ts';

const full = new Error('Database failed', { cause: new Error('No space left on device') });

it.each([
  { problem: storeUnopened('.tocsin/shop-prod', full), says: /No space left on device.*continues in memory/ },
  { problem: storeFailed('.tocsin/shop-prod', full), says: /No space left on device.*continues in memory/ },
  { problem: storeMissing('.tocsin/shop-prod'), says: /starts without its history and open incidents/ },
  { problem: runFileUnwritten('.tocsin', full), says: /other commands .* cannot connect/ },
  { problem: clockSetBack(3_600_000), says: /set back by 1 h\. Checks and notifications continue/ },
])('"$problem.title" reaches each channel of critical alerts, with what to do', async ({ problem, says }) => {
  const clock = handClock('2026-11-21T02:00:00Z');
  const queues = new Map<string, MemoryQueue>();
  const queue = (name: string) => {
    const known = queues.get(name) ?? new MemoryQueue(name, clock);
    queues.set(name, known);
    return known;
  };
  const sent = await notifyOf(problem, { document: aDocument(), clock, queue });
  expect(sent.map(({ channel, tier, title }) => ({ channel, tier, title }))).toEqual(
    ['ml-alerts', 'ml-team'].map((channel) => ({ channel, tier: 'critical', title: problem.title })),
  );
  expect(sent[0]!.description).toMatch(says);
  expect(sent[0]!.actions.length).toBeGreaterThan(0);
  for (const name of ['channel-slack', 'channel-email'])
    expect(await queues.get(name)!.receive(clock.now(), clock.now() + 1)).toHaveLength(1);
});
