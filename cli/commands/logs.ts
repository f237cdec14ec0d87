import { SystemClock } from '../../adapters/system-clock.ts';
import { parseDefinition } from '../../catalog/parse-definition.ts';
import { useOneOf } from '../../core/definition/did-you-mean.ts';
import type { Clock } from '../../core/time/clock.ts';
import { formatDuration } from '../../core/time/duration.ts';
import { UserError } from '../../core/user-error.ts';
import { loadConfig } from '../load-config.ts';
import { type FunctionLogs, functionsOfStack, readLogs } from '../logs/deployed-logs.ts';
import { formatLogLine, isError, readLogLine } from '../logs/log-line.ts';
import { stopSignal } from '../stop-signal.ts';
import type { Terminal } from '../terminal.ts';

export interface LogsOptions {
  /** The deployed pipeline stack. @default the stack of the config */
  stack?: string;
  config: string;
  stage?: string;
  profile?: string;
  region?: string;
  /** How far to read back, in seconds. */
  since: number;
  /** One function, by the name of its folder. @default all */
  function?: string;
  /** Continue until Ctrl-C. */
  follow?: boolean;
}

/** How often a followed log is read, and how far back each time: CloudWatch delivers lines some seconds late. */
const readEveryMs = 2000;
const overlapMs = 30_000;

/** A first filter that CloudWatch applies; {@link isError} applies the exact one. */
const faults =
  '{ ($.level = "ERROR") || ($.level = "CRITICAL") || (($.type = "platform.report") && ($.record.status != "success")) }';

/**
 * `tocsin logs tail|errors`: prints what the functions of a deployed stack logged, in the local time of this machine.
 * @throws {UserError} if the stack cannot be read or has no such function
 */
export async function logs(
  which: 'tail' | 'errors',
  options: LogsOptions,
  terminal: Terminal,
  world: { clock: Clock; stop?: AbortSignal } = { clock: new SystemClock() },
): Promise<void> {
  if (options.profile) process.env['AWS_PROFILE'] = options.profile;
  if (options.region) process.env['AWS_REGION'] = options.region;
  const stack = options.stack ?? (await stackOfConfig(options));
  const functions = chosen(await functionsOfStack(stack), options.function, stack);
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const { clock } = world;
  const stop = options.follow ? (world.stop ?? stopSignal(terminal)) : AbortSignal.abort();

  let printed = 0;
  let known = new Set<string>();
  for (let since = clock.now() - options.since * 1000; ; since = clock.now() - overlapMs) {
    const events = await readLogs(functions, since, which === 'errors' ? faults : undefined);
    for (const event of events.filter(({ id }) => !known.has(id))) {
      const line = readLogLine(event.text);
      if (!line || (which === 'errors' && !isError(line))) continue;
      terminal.print(formatLogLine(event, line, zone));
      printed += 1;
    }
    known = new Set(events.map(({ id }) => id));
    if (stop.aborted) break;
    await clock.sleep(readEveryMs);
  }
  if (printed === 0) terminal.print(nothing[which](formatDuration(options.since)));
}

const nothing = {
  tail: (time: string) => `No log lines in the last ${time}. Read further back with --since 1d.`,
  errors: (time: string) => `✓ No errors in the last ${time}.`,
};

async function stackOfConfig({ config, stage }: LogsOptions): Promise<string> {
  // Nothing is sent, so a document for an emulator is accepted too.
  const document = parseDefinition(await loadConfig(config), { stage, world: 'emulator' });
  return `${document.name}-${document.stage}-pipeline`;
}

function chosen(functions: FunctionLogs[], name: string | undefined, stack: string): FunctionLogs[] {
  const wanted = functions.filter(({ functionName }) => name === undefined || functionName === name);
  if (wanted.length > 0) return wanted;
  const there = functions.map(({ functionName }) => functionName);
  throw new UserError(`The stack ${stack} has no function called ${name}; ${useOneOf(name ?? '', there)}.`);
}
