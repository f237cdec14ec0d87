import { createRequire } from 'node:module';
import { Argument, Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { checkKinds } from '../core/checks/checks.ts';
import { terminalText } from '../core/terminal-text.ts';
import { defaultScraping } from '../tools/export/exported-alarms.ts';
import { addBacktest } from './backtest/command-line.ts';
import type { BatchRunOptions } from './commands/batch.ts';
import { addDeadLetters } from './commands/dead-letters-options.ts';
import { sayFailure } from './failure.ts';
import type { Place } from './open-store.ts';
import { terminal } from './terminal.ts';

const port = (text: string) => {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1 || number > 65_534)
    throw new InvalidArgumentError('write a port between 1 and 65534');
  return number;
};

const days = (text: string) => {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1 || number > 3650)
    throw new InvalidArgumentError('write a whole number of days');
  return number;
};

const span = (text: string) => {
  const [, count, unit] = /^(\d{1,4})([smhd])$/.exec(text) ?? [];
  if (!unit || Number(count) === 0) throw new InvalidArgumentError('write a number and s, m, h or d, as in 30m or 2d');
  return Number(count) * { s: 1, m: 60, h: 3600, d: 86_400 }[unit as 's' | 'm' | 'h' | 'd'];
};

const costHelp = `
The prices are a dated table for us-east-1. A config may say others, a budget, and how much happens:
  cost: { budgetPerMonth: 20, prices: { metric: 0.33 }, assume: { incidentsPerMonth: 100 } }`;

const region = (text: string) => {
  if (!/^[a-z]{2}(-[a-z]+)+-\d+$/.test(text)) throw new InvalidArgumentError('write a Region, as in eu-west-1');
  return text;
};

const { version } = createRequire(import.meta.url)('tocsin/package.json') as { version: string };

/** The command line. Each command is loaded when it is called. @returns the exit code */
export async function cli(argv: readonly string[]): Promise<number> {
  let exitCode = 0;
  const program = new Command('tocsin')
    .description('Monitoring for ML services: one typed config, tested alarms, alerts that arrive.')
    .version(version, '--version')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => process.stdout.write(terminalText(text)),
      writeErr: (text) => process.stderr.write(terminalText(text)),
    })
    // What stands behind `batch run <job> --` belongs to the command, also when it looks like an option of ours.
    .enablePositionalOptions();
  const state = () => new Option('--state <folder>', 'where a laptop keeps its state').default('.tocsin');
  const placed = (command: Command) =>
    command
      .addOption(state())
      .option('--stack <name>', 'a deployed state stack (<name>-<stage>-state) instead of this laptop')
      .option('--profile <name>', 'AWS profile')
      .option('--region <name>', 'AWS Region')
      .option('--config <file>', 'the config of that stack', 'monitoring.config.ts')
      .option('--stage <name>', 'its stage');

  program
    .command('init')
    .description('write the first files of a deployment into this folder; files that exist stay as they are')
    .option('-y, --yes', 'take the defaults, ask nothing')
    .option('--name <name>', 'the name of the deployment (default: that of the package)')
    .option('--url <url>', 'the URL of a service to monitor')
    .option('--email <address>', 'the email address that alerts go to')
    .action(async (options) => (await import('./commands/init.ts')).init(options, terminal));

  program
    .command('config')
    .description('every helper of a config; with a name, its options')
    .argument('[name]', 'a helper, such as health or serviceDown; without it, the list')
    .action(async (name: string | undefined) => (await import('./commands/config.ts')).config(name, terminal));

  program
    .command('start')
    .description('run the pipeline on this machine: the demo, or your own config')
    .option('--config <file>', 'your config (default: monitoring.config.ts of this folder, else the demo)')
    .option('--demo', 'run the demo, also where there is a config')
    .option('--stage <name>', 'its stage (default: the first)')
    .option('--once', 'run every check once, print a table, exit with 1 when something is wrong')
    .option('--print', 'show messages in the terminal instead of sending them')
    .option('--ses', 'send mail through SES with your AWS credentials')
    .addOption(
      new Option('--port <number>', 'port of the demo service; Slack stands in on the next one')
        .default(4510)
        .argParser(port),
    )
    .addOption(state())
    .action(async (options: { config?: string; stage?: string; once?: boolean; state: string; port: number }) => {
      if (options.once) {
        const { once } = await import('./commands/once.ts');
        exitCode = (await once({ ...options, config: options.config ?? 'monitoring.config.ts' }, terminal)) ? 0 : 1;
      } else await (await import('./commands/start.ts')).start(options, terminal);
    });

  program
    .command('simulate')
    .description('play a scenario on a virtual clock')
    .argument('[scenario]', 'the name of a bundled one, or a file; without it, the list')
    .option('--config <file>', 'the config to play it against (default: monitoring.config.ts of Tocsin)')
    .option('--stage <name>', 'its stage (default: the first)')
    .action(async (name: string | undefined, options) =>
      (await import('./commands/simulate.ts')).simulateCommand(name, options, terminal),
    );

  const historyCommand = program.command('history').description('read the execution history');
  for (const which of ['runs', 'failed'] as const) {
    placed(historyCommand.command(which))
      .description(which === 'runs' ? 'batch runs of the last days' : 'failed runs of all kinds of the last days')
      .addOption(new Option('--days <number>', 'how far back').default(7).argParser(days))
      .option('--json', 'as JSON')
      .action(async (options) => (await import('./commands/history.ts')).history(which, options, terminal));
  }

  placed(program.command('check'))
    .description('look now; exits with 1 when something is not as it should be')
    .addArgument(new Argument('<kind>', 'what to look at').choices(checkKinds.map(({ name }) => name)))
    .argument('[target]', 'one target (default: all of that kind)')
    .option('--json', 'as JSON')
    .action(async (kind: string, target: string | undefined, options: Place & { json?: boolean }) => {
      exitCode = (await (await import('./commands/check.ts')).check(kind, target, options, terminal)) ? 0 : 1;
    });

  const batch = program.command('batch').description('batch jobs').enablePositionalOptions();
  placed(batch.command('run'))
    .description('run a command as a batch job and report how it ended')
    .argument('<job>', 'the batch job in the config')
    .argument('[command...]', 'the command, behind two hyphens')
    .option('--bus <name>', 'report to the event bus of a deployed pipeline (<name>-<stage>)')
    .option('--total <number>', 'how many items the run has')
    .option('--successful <number>', 'how many of them succeed')
    .option('--failed <number>', 'how many of them fail')
    .option('--read-counts', 'read total, successful and failed from the last line of the output that is JSON')
    .action(async (job: string, command: string[], options: Place & BatchRunOptions) => {
      exitCode = await (await import('./commands/batch.ts')).batchRunCommand(job, command, options, terminal);
    });

  addDeadLetters(program, placed, terminal);

  const rules = program.command('rules').description('look at rules and test them over simulated time');
  const ofConfig = (command: Command) =>
    command
      .option('--config <file>', 'the config that holds them', 'monitoring.config.ts')
      .option('--stage <name>', 'its stage (default: the first)');
  ofConfig(rules.command('list'))
    .description('every rule: when it fires, and who is told')
    .option('--json', 'as JSON')
    .action(async (options) => (await import('./commands/rules.ts')).listRules(options, terminal));
  ofConfig(rules.command('lint'))
    .description('alarms that can never fire, always fire, fire late or say nothing')
    .option('--json', 'as JSON')
    .action(async (options) => {
      exitCode = (await (await import('./commands/rules.ts')).lintCommand(options, terminal)) ? 0 : 1;
    });
  ofConfig(rules.command('test'))
    .description('play series through rules and hold what happens against what is expected')
    .argument('<files...>', 'YAML files of rule tests, as in rule-tests/')
    .action(async (files: string[], options) => {
      exitCode = (await (await import('./commands/rules.ts')).testRules(files, options, terminal)) ? 0 : 1;
    });

  const exportCommand = rules.command('export').description('the rules for Prometheus, the routes for Alertmanager');
  const exported = (command: Command) =>
    ofConfig(command).option('--out <folder>', 'write files there (default: print)');
  exported(exportCommand.command('prometheus'))
    .description('a rule file that fires as the alarms do, and rule tests as unit tests of promtool')
    .argument('[tests...]', 'YAML files of rule tests, as in rule-tests/; they want --out')
    .addOption(
      new Option('--scrape-interval <time>', 'how often Prometheus scrapes the metrics: 15s, 1m')
        .default(defaultScraping.scrapeSeconds, '15s')
        .argParser(span),
    )
    .action(async (tests: string[], options) =>
      (await import('./commands/export.ts')).exportPrometheus(tests, options, terminal),
    );
  exported(exportCommand.command('alertmanager'))
    .description('a routing file that tells the same channels; secrets are read from files, never written')
    .option('--smarthost <host:port>', 'the relay for mail', 'smtp.example.com:587')
    .option('--secrets <folder>', 'where Alertmanager finds its secrets', '/etc/alertmanager/secrets')
    .action(async (options) => (await import('./commands/export.ts')).exportAlertmanager(options, terminal));
  placed(rules.command('explain'))
    .description(
      "a rule's whole way: when it fires, who is told and why others are not; or an incident and its timeline",
    )
    .argument('<rule>', '<target>/<rule id>, or the id of an incident: inc-e5e479036451')
    .option('--at <time>', "also what came of it at a moment: 2026-11-21T02:10:00Z, or '2026-11-21 02:10'")
    .option('--json', 'as JSON')
    .action(async (rule: string, options) => (await import('./commands/explain.ts')).explain(rule, options, terminal));

  addBacktest(placed(rules.command('backtest')), days, terminal);

  ofConfig(program.command('cost'))
    .description('what a deployment costs a month; exits with 1 when that is over its budget')
    .option('--json', 'as JSON')
    .addHelpText('after', costHelp)
    .action(async (options) => {
      exitCode = (await (await import('./commands/cost.ts')).costCommand(options, terminal)) ? 0 : 1;
    });

  ofConfig(program.command('docs'))
    .description('write runbooks and a metrics glossary of your config; what you wrote on a page stays')
    .option('--out <folder>', 'where to (default: docs/<name>-<stage>)')
    .addOption(new Option('--region <name>', 'AWS Region, for links to the alarms in the console').argParser(region))
    .action(async (options) => (await import('./commands/docs.ts')).docs(options, terminal));

  const logsCommand = program.command('logs').description('read what the functions of a deployed stack log');
  for (const which of ['tail', 'errors'] as const) {
    const command = logsCommand
      .command(which)
      .description(which === 'tail' ? 'every line for people, in the order of time' : 'errors and time-outs alone')
      .option('--stack <name>', 'the pipeline stack, <name>-<stage>-pipeline (default: that of the config)')
      .option('--config <file>', 'the config of that stack', 'monitoring.config.ts')
      .option('--stage <name>', 'its stage (default: the first)')
      .option('--profile <name>', 'AWS profile')
      .option('--region <name>', 'AWS Region')
      .option('--function <name>', 'one function, such as alert-router (default: all)')
      .addOption(new Option('--since <time>', 'how far back: 30m, 1h, 2d').default(3600, '1h').argParser(span));
    if (which === 'tail') command.option('--follow', 'go on until Ctrl-C');
    command.action(async (options) => (await import('./commands/logs.ts')).logs(which, options, terminal));
  }

  program
    .command('demo')
    .description('make the running demo service fail, or heal it')
    .argument('[mood]', 'down, slow, model-not-loaded, errors or ok; without it, the list')
    .addOption(new Option('--port <number>', 'port of the demo service').default(4510).argParser(port))
    .action(async (mood: string | undefined, options: { port: number }) =>
      (await import('./commands/demo.ts')).demo(mood, options, terminal),
    );

  try {
    await program.parseAsync(argv);
    return exitCode;
  } catch (error) {
    return failure(error);
  }
}

function failure(error: unknown): number {
  const says = sayFailure(error, process.env);
  if (says !== undefined) terminal.warn(says);
  return error instanceof CommanderError ? error.exitCode : 1;
}
