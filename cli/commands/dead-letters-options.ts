import type { Command } from 'commander';
import type { StoreLocation } from '../open-store.ts';
import type { Terminal } from '../terminal.ts';

/** Adds `tocsin deadletters list|show|redrive`. `located` adds the options that specify the deployment. */
export function addDeadLetters(program: Command, located: (command: Command) => Command, terminal: Terminal): void {
  const command = program
    .command('deadletters')
    .description('list, show and redrive messages that could not be delivered');
  const load = () => import('./dead-letters.ts');
  located(command.command('list'))
    .description('list the dead letters with reason, attempts, age and action')
    .option('--json', 'print JSON')
    .action(async (options: StoreLocation & { json?: boolean }) => (await load()).listDeadLetters(options, terminal));
  located(command.command('show'))
    .description('show one message')
    .argument('<id>', 'the id of the message, or its beginning')
    .action(async (id: string, options: StoreLocation) => (await load()).showDeadLetter(id, options, terminal));
  located(command.command('redrive'))
    .description('move messages back to their queues')
    .argument('[ids...]', 'the ids of the messages, or their beginnings')
    .option('--all', 'redrive all dead letters')
    .action(async (ids: string[], options: StoreLocation & { all?: boolean }) =>
      (await load()).redriveDeadLetters(ids, options, terminal),
    );
}
