import { expect } from 'vitest';
import type { BatchRun } from '../../events/batch-run.ts';
import { eventually, type MailSeen, type World } from './world.ts';

/** The steps by name: test/emulators/exercised.ts says which of them shows what. */
export type StepName = 'healthy' | 'failing' | 'others' | 'mended' | 'batch' | 'poisoned' | 'told-once';

/** A step of a timeline: what happens in the world, and what must be seen of it. */
export interface Step {
  name: StepName;
  says: string;
  play(world: World): Promise<void>;
}

const service = 'acceptance/dev/service/classifier/service-down';
const disk = 'acceptance/dev/volume/results/disk-space-low';
const plenty = { freeGigabytes: 200, totalGigabytes: 500 };

/**
 * From a healthy world through a service that fails, a disk that fills and a batch run that goes wrong, each to its end,
 * with the config of test/emulators/acceptance.config.ts. Written once; each world plays it.
 */
export const alertTimeline: readonly Step[] = [
  {
    name: 'healthy',
    says: 'checks run on schedule, are stored in the history, publish metrics, and no notifications are sent',
    async play(world) {
      await world.service('ok');
      await world.disk(plenty);
      await sees(world, 'a healthy run is in the history', () => world.lastRun('health', 'classifier'), isOk);
      await sees(world, 'the disk was read', () => world.lastRun('disk', 'results'), isOk);
      await sees(world, 'the batch check ran', () => world.lastRun('batch', 'nightly'), isOk);
      await sees(
        world,
        'ServiceUp is 1',
        () => serviceUp(world),
        (value) => value === 1,
      );
      await sees(
        world,
        'the alarm is OK',
        () => world.alarm(service),
        (state) => state === 'OK',
      );
      expect(await world.slack()).toEqual([]);
      expect(await world.mails()).toEqual([]);
    },
  },
  {
    name: 'failing',
    says: 'the service goes down and the disk fills: failed run, metric, alarms, incidents, Slack and mail',
    async play(world) {
      await world.service('down');
      await world.disk({ ...plenty, freeGigabytes: 2 });
      await sees(world, 'a failed run is in the history', () => world.lastRun('health', 'classifier'), isFailed);
      await sees(
        world,
        'ServiceUp is 0',
        () => serviceUp(world),
        (value) => value === 0,
      );
      await sees(world, 'the alarm on the service fires', () => world.alarm(service), isAlarm);
      await slackSays(world, /^🔴 \[CRITICAL\] classifier - Service down/);
      await mailSays(world, '[CRITICAL] classifier - Service down');
      await sees(world, 'the alarm on the disk fires', () => world.alarm(disk), isAlarm);
      const mail = await mailSays(world, '[MEDIUM] results - Disk space low');
      expect(mail.to).toEqual(['ml-team@example.com']);
      if (world.quotesValues) expect(mail.text).toContain('2 GB free on results (threshold 5 GB).');
    },
  },
  {
    name: 'others',
    says: 'no alarm on another target fires',
    async play(world) {
      if (!world.tellsTargetsApart) return;
      expect(await world.alarm('acceptance/dev/service/bystander/service-down')).toBe('OK');
      expect((await world.slack()).filter((text) => text.includes('bystander'))).toEqual([]);
    },
  },
  {
    name: 'mended',
    says: 'both are fixed: alarms end, and each notified channel is notified of the end',
    async play(world) {
      await world.service('ok');
      await world.disk(plenty);
      await sees(
        world,
        'the alarm on the service ends',
        () => world.alarm(service),
        (state) => state === 'OK',
      );
      await slackSays(world, /^✅ \[RESOLVED\] \[CRITICAL\] classifier - Service down/);
      await mailSays(world, '[RESOLVED] [CRITICAL] classifier - Service down');
      await mailSays(world, '[RESOLVED] [MEDIUM] results - Disk space low');
    },
  },
  {
    name: 'batch',
    says: 'a batch run fails: its event needs no alarm; the next success resolves it',
    async play(world) {
      await world.report(batchRun('failed', { error: 'the feature store refused the connection', exitCode: 1 }));
      await slackSays(world, /^🟠 \[HIGH\] nightly - Batch run failed/);
      const mail = await mailSays(world, '[HIGH] nightly - Batch run failed');
      expect(mail.text).toContain('the feature store refused the connection');
      await world.report(batchRun('succeeded', { total: 150, successful: 150, failed: 0 }));
      await slackSays(world, /^✅ \[RESOLVED\] \[HIGH\] nightly - Batch run failed/);
      await mailSays(world, '[RESOLVED] [HIGH] nightly - Batch run failed');
    },
  },
  {
    name: 'poisoned',
    says: 'an invalid message ends in the dead-letter queue with its reason, and delays no other message',
    async play(world) {
      await world.poison('{"this is": "no alarm"}');
      const [parked] = await sees(
        world,
        'the message is parked',
        () => world.parked(),
        (all) => all.length > 0,
      );
      expect(parked?.body).toBe('{"this is": "no alarm"}');
      expect(parked?.reason).toMatch(/does not match its schema/);
      expect(parked?.errorClass).toBeTruthy();
    },
  },
  {
    name: 'told-once',
    says: 'each channel was notified once, and the command line shows what happened',
    async play(world) {
      expect(counted(await world.slack())).toEqual({ opened: 2, resolved: 2 });
      expect(counted((await world.mails()).map(({ subject }) => subject))).toEqual({ opened: 3, resolved: 3 });

      const failed = await world.tocsin('history', 'failed', '--days', '1');
      expect(failed.output).toMatch(/✗ .* health .* classifier /);
      expect(failed.output).toMatch(/✗ .* job .* nightly .* the feature store refused the connection/);
      const healthy = await world.tocsin('check', 'health', 'classifier');
      expect(healthy).toMatchObject({ exitCode: 0, output: expect.stringContaining('✓') });
      await world.service('model-not-loaded');
      const sick = await world.tocsin('check', 'health', 'classifier');
      expect(sick).toMatchObject({ exitCode: 1, output: expect.stringContaining('model-not-loaded') });
      await world.service('ok');
    },
  },
];

const sees = <T>(world: World, says: string, look: () => Promise<T>, holds: (seen: T) => unknown) =>
  eventually(world, says, look, holds);
const isOk = (run?: { outcome: string }) => run?.outcome === 'ok';
const isFailed = (run?: { outcome: string }) => run?.outcome === 'failed';
const isAlarm = (state: string | undefined) => state === 'ALARM';
const serviceUp = (world: World) => world.metric('ServiceUp', { Service: 'classifier' });

const slackSays = (world: World, text: RegExp) =>
  sees(
    world,
    `Slack was told ${text}`,
    () => world.slack(),
    (texts) => texts.some((said) => text.test(said)),
  );

async function mailSays(world: World, subject: string | RegExp): Promise<MailSeen> {
  const found = (mails: MailSeen[]) =>
    mails.find((mail) => (typeof subject === 'string' ? mail.subject === subject : subject.test(mail.subject)));
  return found(await sees(world, `a mail says ${subject}`, () => world.mails(), found))!;
}

const counted = (texts: readonly string[]) => {
  const resolved = texts.filter((text) => text.includes('[RESOLVED]')).length;
  return { opened: texts.length - resolved, resolved };
};

function batchRun(outcome: BatchRun['outcome'], rest: Partial<BatchRun>): BatchRun {
  const now = Date.now();
  return { job: 'nightly', runId: `${outcome}-${now}`, startedAt: now - 60_000, finishedAt: now, outcome, ...rest };
}
