import type { Command } from 'commander';
import type { Place } from '../open-store.ts';
import type { Terminal } from '../terminal.ts';

/** Adds `tocsin deadletters list|show|redrive`. `placed` gives a command the options that say where to look. */
export function addDeadLetters(program: Command, placed: (command: Command) => Command, terminal: Terminal): void {
  const command = program
    .command('deadletters')
    .description('messages that could not be delivered: read them, send them again');
  const load = () => import('./dead-letters.ts');
  placed(command.command('list'))
    .description('what is parked: its reason, attempts, age and what to do')
    .option('--json', 'as JSON')
    .action(async (options: Place & { json?: boolean }) => (await load()).listDeadLetters(options, terminal));
  placed(command.command('show'))
    .description('all of one message')
    .argument('<id>', 'its id, or the beginning of it')
    .action(async (id: string, options: Place) => (await load()).showDeadLetter(id, options, terminal));
  placed(command.command('redrive'))
    .description('put messages back into their queues')
    .argument('[ids...]', 'their ids, or the beginnings of them')
    .option('--all', 'every dead letter')
    .action(async (ids: string[], options: Place & { all?: boolean }) =>
      (await load()).redriveDeadLetters(ids, options, terminal),
    );
}
