import { buriedKey } from '../../adapters/dynamodb-queue.ts';
import { DynamodbTable, type Item } from '../../adapters/dynamodb-table.ts';
import { SystemClock } from '../../adapters/system-clock.ts';
import { channelKinds } from '../../core/channels/channels.ts';
import { UserError } from '../../core/user-error.ts';
import { channelQueue, runsQueue, signalsQueue } from '../../laptop/pipeline.ts';
import { StateFolder } from '../../laptop/state-folder.ts';
import { connectToStore, laptopTables, storesOver } from '../../laptop/store.ts';
import type { DeadLetter, DeadLetters } from './dead-letter.ts';

/** The dead letters of the laptop that keeps its state in a folder, whether it runs or not. */
export async function laptopDeadLetters(state: string): Promise<DeadLetters> {
  const reached = await connectToStore(new StateFolder(state));
  if (!reached)
    throw new UserError({
      place: `In ${state}`,
      found: 'nothing has run yet',
      fix: 'Start Tocsin with npm start, or name a deployed stack with --stack',
    });
  const { store, document } = reached;
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
      // Sent before it is removed: a crash between the two leaves it twice rather than not at all.
      await queue(name).send(body);
      await table.remove(rows.get(id)!);
    },
    close: store.close,
  };
}
