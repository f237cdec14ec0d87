import { buriedKey } from '../../adapters/dynamodb-queue.ts';
import { DynamodbTable, type Item } from '../../adapters/dynamodb-table.ts';
import { SystemClock } from '../../adapters/system-clock.ts';
import { channelKinds } from '../../core/channels/channels.ts';
import { UserError } from '../../core/user-error.ts';
import { channelQueue, runsQueue, signalsQueue } from '../../laptop/pipeline.ts';
import { StateFolder } from '../../laptop/state-folder.ts';
import { connectToStore, laptopTables, storesOver } from '../../laptop/store.ts';
import type { DeadLetter, DeadLetters } from './dead-letter.ts';

/** The dead letters of the laptop with this state folder, whether it runs or not. */
export async function laptopDeadLetters(state: string): Promise<DeadLetters> {
  const connected = await connectToStore(new StateFolder(state));
  if (!connected)
    throw new UserError({
      place: `The state folder ${state}`,
      found: 'has no state, because nothing has run here yet',
      fix: 'Run npx tocsin start, or specify a deployed stack with --stack',
    });
  const { store, document } = connected;
  const table = new DynamodbTable(store.client, laptopTables.laptop);
  const { queue } = storesOver(store.client, document, new SystemClock());
  const names = [runsQueue, signalsQueue, ...channelKinds.map(({ name }) => channelQueue(name))];
  const rows = new Map<string, Item>();
  return {
    timeZone: document.timeZone,
    list: async () => {
      const letters: DeadLetter[] = [];
      for (const name of names)
        for await (const row of table.query({ pk: buriedKey(name), from: '0', to: '~' })) {
          const [sentAt = '', id = row.sk] = row.sk.split('#');
          rows.set(id, row);
          letters.push({
            id,
            queue: name,
            reason: row['reason'] as string,
            errorClass: row['errorClass'] as string,
            attempts: row['receives'] as number,
            sentAt: Date.parse(sentAt),
            body: row['body'] as string,
          });
        }
      return letters.sort((one, other) => one.sentAt - other.sentAt);
    },
    redrive: async ({ id, queue: name, body }) => {
      // Sent before it is removed: after a crash in between it exists twice, but is not lost.
      await queue(name).send(body);
      await table.remove(rows.get(id)!);
    },
    close: store.close,
  };
}
