import { beforeEach, describe, expect, it } from 'vitest';
import { SystemClock } from '../../adapters/system-clock.ts';
import { StateFolder } from '../../laptop/state-folder.ts';
import { openStore, storesOver } from '../../laptop/store.ts';
import { aDocument } from '../support/a-document.ts';
import { ownFolder, tocsin } from '../support/command-line.ts';

const { path } = ownFolder();
const document = aDocument();
const body = JSON.stringify({ id: 'inc-1/1', incident: 'inc-1', channel: 'ml-alerts', kind: 'opened' });

async function withQueues<T>(work: (stores: ReturnType<typeof storesOver>) => Promise<T>): Promise<T> {
  const store = await openStore(new StateFolder(path()), document);
  try {
    return await work(storesOver(store.client, document, new SystemClock()));
  } finally {
    await store.close();
  }
}

beforeEach(async () => {
  new StateFolder(path()).write({ document });
  await withQueues(async ({ queue }) => {
    for (const [name, text, reason, errorClass] of [
      ['channel-slack', body, 'the webhook was removed', 'permanent'],
      ['runs', 'not JSON', 'is not JSON', 'malformed'],
    ] as const) {
      await queue(name).send(text);
      const [message] = await queue(name).receive(Date.now(), Date.now() + 60_000);
      await queue(name).bury(message!, reason, errorClass);
    }
  });
});

const waiting = () =>
  withQueues(async ({ queue }) => (await queue('channel-slack').receive(Date.now(), Date.now())).map((m) => m.body));
const listed = async () =>
  JSON.parse((await tocsin('deadletters', 'list', '--json', '--state', path())).out) as { id: string; queue: string }[];

describe('dead letters of a laptop', () => {
  it('are listed with their reason, attempts and what to do', async () => {
    const { out, exitCode } = await tocsin('deadletters', 'list', '--state', path());
    expect(exitCode).toBe(0);
    expect(out).toMatch(
      /^ *[0-9a-f]{8} +channel-slack +inc-1 +\d s +1 +the webhook was removed +Fix the cause in the reason, then redrive it/m,
    );
    expect(out).toMatch(/runs +cannot be read .* is not JSON +Fix the sender/);
  });

  it('are shown whole', async () => {
    const [letter] = await listed();
    const { out } = await tocsin('deadletters', 'show', letter!.id.slice(0, 8), '--state', path());
    expect(out).toMatch(/reason +the webhook was removed \(permanent\)/);
    expect(out).toContain('"channel": "ml-alerts"');
  });

  it('are put back into their queues, one or all', async () => {
    const one = (await listed()).find(({ queue }) => queue === 'channel-slack')!;
    expect((await tocsin('deadletters', 'redrive', one.id.slice(0, 8), '--state', path())).out).toBe(
      '1 message was moved back to its queue.\n',
    );
    expect(await waiting()).toEqual([body]);
    expect((await listed()).map(({ queue }) => queue)).toEqual(['runs']);
    await tocsin('deadletters', 'redrive', '--all', '--state', path());
    expect((await tocsin('deadletters', 'list', '--state', path())).out).toBe('✓ No dead letters.\n');
  });

  it.each([
    { args: ['redrive'], says: /requires the id of a message\. Specify ids/ },
    { args: ['redrive', 'zzz'], says: /The id zzz matches no dead letter\. List them/ },
    { args: ['show', ''], says: /matches 2 dead letters/ },
  ])('$args is refused', async ({ args, says }) => {
    const { exitCode, err } = await tocsin('deadletters', ...args, '--state', path());
    expect(err).toMatch(says);
    expect(exitCode).toBe(1);
  });
});
