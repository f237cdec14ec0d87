import { existsSync, readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { channelKinds } from '../../core/channels/channels.ts';
import { checkKinds } from '../../core/checks/checks.ts';
import { functionNamed, functions, type Trigger } from '../../functions/functions.ts';

const triggers: readonly Trigger[] = functions.map(({ trigger }) => trigger);

it('every folder with a handler is in the list once, and every entry has its folder', () => {
  const folders = readdirSync('functions').filter((name) => existsSync(`functions/${name}/handler.ts`));
  expect(functions.map(({ name }) => name).sort()).toEqual(folders.sort());
});

it('every kind of check and of channel has one function', () => {
  expect(triggers.flatMap((trigger) => ('check' in trigger ? [trigger.check] : [])).sort()).toEqual(
    checkKinds.map(({ name }) => name).sort(),
  );
  expect(triggers.flatMap((trigger) => ('channel' in trigger ? [trigger.channel] : [])).sort()).toEqual(
    channelKinds.map(({ name }) => name).sort(),
  );
});

it('a function that takes messages may use its queue, and no other may', () => {
  for (const { name, contract, trigger } of functions.map(({ name }) => functionNamed(name)))
    expect(contract.uses.includes('queue'), name).toBe('batchSize' in trigger);
});
