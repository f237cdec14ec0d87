// npm run aws:up | aws:deploy | aws:test | aws:down -- --emulator ministack|localstack

import { parseArgs } from 'node:util';
import { ConfigFileError } from '../../cli/load-config.ts';
import { ConfigError } from '../../core/definition/problem.ts';
import { UserError } from '../../core/user-error.ts';
import { commands, type Options } from './commands.ts';
import { emulators } from './emulators.ts';
import { refuseRealAws } from './loopback-only.ts';

const usage = `npm run aws:${Object.keys(commands).join('|')} -- --emulator ${Object.keys(emulators).join('|')}`;

try {
  refuseRealAws(process.env);
  const { command, options } = read(process.argv.slice(2));
  await command(options, (line) => console.log(line));
} catch (error) {
  // What the user can mend is said in a line; anything else is our fault and keeps its stack trace.
  if (!(error instanceof UserError || error instanceof ConfigError || error instanceof ConfigFileError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

function read(args: string[]): { command: (typeof commands)['up']; options: Options } {
  const [name = '', ...rest] = args;
  const command = Object.entries(commands).find(([known]) => known === name)?.[1];
  const values = parsed(rest);
  const emulator = Object.entries(emulators).find(([known]) => known === values.emulator)?.[1];
  if (!command || !emulator) throw new UserError(`Usage: ${usage}`);
  if (values['enforce-iam'] && emulator.name !== 'ministack')
    throw new UserError('Only MiniStack can enforce IAM: --emulator ministack --enforce-iam');
  const port = values.port === undefined ? undefined : Number(values.port);
  if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65_536))
    throw new UserError(`--port ${values.port} is not a port; write a number from 1 to 65535.`);
  return {
    command,
    options: {
      emulator,
      port: port ?? emulator.defaultPort,
      config: values.config ?? 'monitoring.config.ts',
      stage: values.stage,
      enforceIam: values['enforce-iam'] ?? false,
    },
  };
}

function parsed(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        emulator: { type: 'string', default: 'localstack' },
        port: { type: 'string' },
        config: { type: 'string' },
        stage: { type: 'string' },
        'enforce-iam': { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    throw new UserError(`${(error as Error).message}. Usage: ${usage}`);
  }
}
