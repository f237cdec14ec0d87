import { expect, it } from 'vitest';
import { UnreportedRuns } from '../../laptop/unreported-runs.ts';
import { ownFolder } from '../support/command-line.ts';

const { path } = ownFolder();

it('of thousands of runs that wait, as many are sent as there is time for; the rest stays, the oldest first', async () => {
  const unreported = new UnreportedRuns(path('state'));
  for (let run = 1; run <= 5; run += 1) unreported.keep({ event: { run } });
  const sent: unknown[] = [];
  const send = async ({ run }: Record<string, unknown>) => void sent.push(run);
  expect(await unreported.sendAll(undefined, send, () => sent.length < 2)).toEqual({ sent: 2, someStay: true });
  expect(await unreported.sendAll(undefined, send)).toEqual({ sent: 3, someStay: false });
  expect([...sent].sort()).toEqual([1, 2, 3, 4, 5]);
});
