import { beforeAll, describe, expect, it } from 'vitest';
import { scenarioNames } from '../../cli/commands/simulate.ts';
import { tocsin } from '../support/command-line.ts';

// What issue and README promise of the bundled scenarios, as a user sees it: each is played twice by the command line.

interface Told {
  scenario: string;
  /** Lines that must stand there, in this order, others between them. */
  inOrder: readonly RegExp[];
  never?: readonly RegExp[];
  /** The two last lines. */
  counts: RegExp;
  messages: RegExp;
}

const stories: readonly Told[] = [
  {
    scenario: 'outage',
    inOrder: [
      /^02:10:00 .*✗ health classifier: refused/,
      /^02:11:00 .*✗ health classifier: refused/,
      /^02:12:00 .*✗ health classifier: refused/,
      /^02:13:00 .*OK → ALARM .*service-down/,
      /^02:13:00 .*opened: classifier - Service down {2}\[critical\]/,
      /^02:13:00 .*slack to ml-alerts: opened/,
      /^02:13:00 .*email to ml-team: opened/,
      /^03:13:00 .*reminder/,
      /^03:21:00 .*ALARM → OK/,
      /^03:21:00 .*resolved after 1 h 11 min/,
    ],
    counts: /1 alarm · 1 incident opened, 1 reminder, 1 resolved$/,
    messages: /^messages: 3 to ml-alerts, 3 to ml-team$/,
  },
  {
    scenario: 'batch-fails-twice',
    inOrder: [
      /11-24 02:03:00 .*✗ nightly failed: ConnectionError/,
      /11-24 .*opened: nightly - Batch run failed {2}\[high\]/,
      /11-25 02:03:00 .*✗ nightly failed/,
      /11-25 .*again: nightly - Batch run failed/,
      /11-26 02:03:00 .*✓ nightly succeeded/,
      /11-26 .*resolved after 2 d/,
    ],
    counts: /0 alarms · 1 incident opened, 0 reminders, 1 resolved$/,
    messages: /^messages: 3 to ml-alerts, 3 to ml-team$/,
  },
  {
    scenario: 'batch-missing',
    inOrder: [
      /11-23 02:03:00 .*✓ nightly succeeded/,
      /11-24 03:0\d:00 .*OK → ALARM .*batch-missing/,
      /11-24 .*opened: nightly - Batch run missing/,
      /11-25 02:03:00 .*✓ nightly succeeded/,
      /11-25 02:0\d:00 .*resolved/,
    ],
    never: [/nightly failed/],
    counts: /1 alarm · 1 incident opened, \d reminders?, 1 resolved$/,
    messages: /^messages: 3 to ml-alerts, 3 to ml-team$/,
  },
  {
    scenario: 'disk-fills',
    inOrder: [
      /^10:1\d.*OK → ALARM .*disk-share-low/,
      /^15:1\d.*OK → ALARM .*disk-space-low/,
      /^15:1\d.*opened: results - Disk space low/,
      /^19:3\d.*ALARM → OK .*disk-space-low/,
      /^19:3\d.*resolved after 4 h 30 min/,
    ],
    counts: /2 alarms · 2 incidents opened, 0 reminders, 2 resolved$/,
    messages: /^messages: 4 to ml-team$/,
  },
  {
    scenario: 'own-check-stops',
    inOrder: [
      /^02:08:00 .*opened: classifier - Service down/,
      /^02:19:00 .*OK → ALARM .*health-60s-0\/not-completed/,
      /^02:19:00 {2}operators {2}ALARM: .*health-60s-0\/not-completed/,
      /^02:41:00 {2}operators {2}OK: .*not-completed/,
      /^02:41:00 .*resolved after 36 min/,
    ],
    // Nobody is told that the service is down, or that there is no data, because our own check does not run.
    never: [/no-data/, /^02:[123]\d.*(opened|reminder)/],
    counts: /2 alarms · 1 incident opened, 0 reminders, 1 resolved$/,
    messages: /^messages: 2 to ml-alerts, 2 to ml-team · operators notified 2 times$/,
  },
  {
    scenario: 'ok-overtakes-alarm',
    inOrder: [/^02:13:00 .*OK → ALARM/, /^02:14:00 .*ALARM → OK/],
    never: [/incident/, /sent/],
    counts: /1 alarm · 0 incidents opened, 0 reminders, 0 resolved$/,
    messages: /^messages: none$/,
  },
  {
    scenario: 'slack-down',
    inOrder: [
      /^02:13:00 .*opened: classifier - Service down/,
      /^02:13:00 .*channel-slack retries .*Slack responded with 500/,
      /^02:13:00 .*email to ml-team: opened/,
      /^05:1\d:\d\d .*slack to ml-alerts: (opened|reminder)/,
      /^06:01:00 .*slack to ml-alerts: resolved/,
    ],
    never: [/parked/],
    counts: /1 incident opened, 3 reminders, 1 resolved$/,
    messages: /^messages: \d to ml-alerts, 5 to ml-team$/,
  },
  {
    scenario: 'rules-change',
    inOrder: [
      /^02:08:00 .*opened: classifier - Service down/,
      /^02:11:00 .*opened: results - Disk space low/,
      /^02:30:00 .*deploy with the threshold of results\/disk-space-low at 2/,
      /^02:30:00 .*resolved after 29 min: results - Disk space low/,
      // It followed from the other rule, and was silent until that was over.
      /^02:30:00 .*opened: results - Disk nearly full/,
      /^02:40:00 .*deploy without classifier\/service-down/,
      /^02:4\d:00 .*closed after \d+ min: classifier - Service down/,
    ],
    counts: /3 incidents opened, 0 reminders, 1 resolved$/,
    messages: /^messages: 2 to ml-alerts, 5 to ml-team$/,
  },
];

/** Those of a night or more take seconds each: CI plays all again (TOCSIN_EVERY_REPLAY=1). */
const ofDays = ['batch-fails-twice', 'batch-missing', 'disk-fills', 'slack-down'];
const isPlayedAgain = (scenario: string) => process.env['TOCSIN_EVERY_REPLAY'] === '1' || !ofDays.includes(scenario);

it('every bundled scenario is tested here', () => {
  expect(stories.map(({ scenario }) => scenario).sort()).toEqual(scenarioNames());
});

describe.each(stories)('tocsin simulate $scenario', ({ scenario, inOrder, never = [], counts, messages }) => {
  let out = '';
  let lines: string[] = [];
  beforeAll(async () => {
    ({ out } = await tocsin('simulate', scenario));
    lines = out.trimEnd().split('\n');
  });

  it('prints its events in this order', () => {
    let from = 0;
    for (const line of inOrder) {
      const found = lines.findIndex((text, i) => i >= from && line.test(text));
      expect(found, `${line} in or after line ${from + 1} of\n${out}`).toBeGreaterThanOrEqual(from);
      from = found + 1;
    }
  });

  it('comes to these counts', () => {
    expect(lines.at(-2)).toMatch(counts);
    expect(lines.at(-1)).toMatch(messages);
  });

  it('prints nothing that is wrong', () => {
    for (const line of [/fault/, ...never]) expect(lines.slice(2, -3).filter((text) => line.test(text))).toEqual([]);
  });

  it.runIf(isPlayedAgain(scenario))('is the same to the last byte when it is played again', async () => {
    expect((await tocsin('simulate', scenario)).out).toBe(out);
  });
});

it('the whole of the outage reads like this', async () => {
  await expect((await tocsin('simulate', 'outage')).out).toMatchFileSnapshot('golden/outage.txt');
});
