import pMap from 'p-map';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { slackChannel } from '../../core/channels/slack/slack.ts';
import { StandInReceiver } from '../../laptop/demo/stand-in-receiver.ts';
import type { ChildOrder, ListedPoint } from '../support/laptop-child.ts';
import { LaptopChildren, listedPoints, mailSubjects } from '../support/laptop-children.ts';

// Decision 26: `kill -9` loses nothing. A service is down for five minutes, and a batch run fails meanwhile. A real
// process runs the laptop's pipeline over its store on disk and is killed at one point; a second process goes on from the
// folder that the first one left. The points come from a recorder of port calls, so a new call is a new point.

const minute = 60_000;
const start = Date.parse('2026-11-24T02:00:00Z');

/** Whoever starts a killed laptop again (a supervisor, a person at hand) needs a moment; the tick under way is missed. */
const restartMs = 20_000;

/** Short, and long enough for what a dead process had in hand: its leases last for two minutes. */
const timeline = {
  startsAt: start,
  downFrom: start + 3 * minute,
  runReportedAt: start + 4.5 * minute,
  downTo: start + 8 * minute,
  endsAt: start + 13 * minute,
} as const;

const everyPoint = process.env['TOCSIN_EVERY_KILL'] === '1';

const messages = [
  { says: 'opened', slack: '🔴 [CRITICAL] classifier - Service down', mail: '[CRITICAL] classifier - Service down' },
  {
    says: 'failed run',
    slack: '🟠 [HIGH] nightly - Batch run failed',
    mail: '[HIGH] nightly - Batch run failed',
  },
  {
    says: 'resolved',
    slack: '✅ [RESOLVED] [CRITICAL] classifier - Service down',
    mail: '[RESOLVED] [CRITICAL] classifier - Service down',
  },
] as const;

let children: LaptopChildren;
let slack: StandInReceiver;
beforeAll(async () => {
  [children, slack] = await Promise.all([LaptopChildren.prepare(), StandInReceiver.start(slackChannel)]);
});
afterAll(async () => {
  await Promise.all([children.remove(), slack.stop()]);
});

describe('a laptop run that is killed with kill -9 and started again', () => {
  it(everyPoint
    ? 'loses no alert, killed before and after every port call'
    : 'loses no alert, killed at every fourth port call that may write (all points with TOCSIN_EVERY_KILL=1)', {
    timeout: 1_200_000,
  }, async () => {
    const undisturbed = await aLaptop('undisturbed');
    expect(await children.run(undisturbed.order)).toEqual({
      killed: false,
      report: { deadLetters: [], failures: [] },
    });
    expect(await undisturbed.heard()).toEqual({ slack: counts(1), mail: counts(1), last: 'resolved' });

    const points = choose(await listedPoints(undisturbed.order.state));
    const losses = (await pMap(points, lossesAt, { concurrency: 2 })).flat();
    expect(losses).toEqual([]);
    console.info(`killed a laptop run at ${points.length} points; no alert was lost`);
  });
});

/** Kills a run at a point, lets a second one go on, and says what people would have missed or heard too often. */
async function lossesAt({ number, edge, call, at }: ListedPoint): Promise<string[]> {
  const laptop = await aLaptop(String(number));
  const first = await children.run({ ...laptop.order, killAt: number });
  const second = await children.run({ ...laptop.order, startsAt: at + restartMs });
  const heard = await laptop.heard();
  const wrong = [
    ...(first.killed ? [] : ['the first process was not killed']),
    ...(second.killed ? ['the second process was killed'] : [...second.report.deadLetters, ...second.report.failures]),
    ...(['slack', 'mail'] as const).flatMap((channel) =>
      Object.entries(heard[channel])
        .filter(([, count]) => count < 1)
        .map(([what]) => `${channel} never heard: ${what}`),
    ),
    // One message may come twice: it was taken, and the process died before it could keep the receipt.
    ...(sum(heard.slack) + sum(heard.mail) > 2 * messages.length + 1 ? [`repeats: ${JSON.stringify(heard)}`] : []),
    ...(heard.last === 'resolved' ? [] : [`the last word on classifier is ${heard.last}`]),
  ];
  return wrong.map((what) => `killed ${edge} ${call} (point ${number}, ${new Date(at).toISOString()}): ${what}`);
}

/** A laptop of its own: an empty state folder, and a path of its own at Slack's stand-in. */
async function aLaptop(name: string) {
  const state = await children.state();
  const path = `/services/T000/B000/${name}`;
  const order: ChildOrder = { ...timeline, state, slackWebhook: new URL(path, slack.url).href };
  const heard = async () => {
    const texts = slack.received.filter((post) => post.path === path).map((post) => String(post.message['text'] ?? ''));
    const subjects = await mailSubjects(state);
    const ofService = texts.filter((text) => text.includes('classifier'));
    return {
      slack: countOf((message) => texts.filter((text) => text.startsWith(message.slack)).length),
      mail: countOf((message) => subjects.filter((subject) => subject === message.mail).length),
      last: messages.find((message) => ofService.at(-1)?.startsWith(message.slack))?.says,
    };
  };
  return { order, heard };
}

const countOf = (count: (message: (typeof messages)[number]) => number): Record<string, number> =>
  Object.fromEntries(messages.map((message) => [message.says, count(message)]));
const counts = (each: number) => countOf(() => each);
const sum = (of: Record<string, number>) => Object.values(of).reduce((total, count) => total + count, 0);

/** Calls that only read: a process that dies at one leaves what one leaves that dies after the call before. */
const reads = /\.(all|due|evaluatedAt|load|newestRuns|open|pausedUntil|points)$/;

/**
 * The points to play: from the first failed check on, and of minutes that make the same calls only one. The short form
 * takes every fourth call that may write once, before it and after it in turn: CI plays them all.
 */
function choose(points: readonly ListedPoint[]): ListedPoint[] {
  const minutes = new Map<number, ListedPoint[]>();
  for (const point of points.filter(({ at }) => at >= timeline.downFrom)) {
    const of = Math.floor(point.at / minute);
    minutes.set(of, [...(minutes.get(of) ?? []), point]);
  }
  const different = new Map([...minutes.values()].reverse().map((of) => [of.map(({ call }) => call).join(), of]));
  const all = [...different.values()].flat().sort((a, b) => a.number - b.number);
  if (everyPoint) return all;
  const writing = [...new Set(all.map(({ call }) => call))].filter((call) => !reads.test(call));
  const calls = writing.filter((_, i) => i % 4 === 0);
  return calls.map((call, i) => all.find((point) => point.call === call && point.edge === ['before', 'after'][i % 2])!);
}
