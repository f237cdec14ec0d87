import { createRequire } from 'node:module';
import { Argument, Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { checkKinds } from '../core/checks/checks.ts';
import { terminalText } from '../core/terminal-text.ts';
import { defaultScraping } from '../tools/export/exported-alarms.ts';
import { addBacktest } from './backtest/command-line.ts';
import type { BatchRunOptions } from './commands/batch.ts';
import { addDeadLetters } from './commands/dead-letters-options.ts';
import { describeFailure } from './failure.ts';
import { defaultConfig } from './load-config.ts';
import type { StoreLocation } from './open-store.ts';
import { terminal } from './terminal.ts';

const port = (text: string) => {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1 || number > 65_534)
    throw new InvalidArgumentError('Specify a port from 1 to 65534.');
  return number;
};

const days = (text: string) => {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1 || number > 3650)
    throw new InvalidArgumentError('Specify a whole number of days from 1 to 3650.');
  return number;
};

const span = (text: string) => {
  const [, count, unit] = /^(\d{1,4})([smhd])$/.exec(text) ?? [];
  if (!unit || Number(count) === 0)
    throw new InvalidArgumentError('Specify a number and a unit (s, m, h or d), for example 30m or 2d.');
  return Number(count) * { s: 1, m: 60, h: 3600, d: 86_400 }[unit as 's' | 'm' | 'h' | 'd'];
};

const costHelp = `
The prices are those of us-east-1 on a fixed date. The config can set other prices, a budget and the expected usage:
  cost: { budgetPerMonth: 20, prices: { metric: 0.33 }, assume: { incidentsPerMonth: 100 } }`;

const region = (text: string) => {
  if (!/^[a-z]{2}(-[a-z]+)+-\d+$/.test(text))
    throw new InvalidArgumentError('Specify an AWS Region, for example eu-west-1.');
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
    // Everything after `batch run <job> --` belongs to the command, even if it looks like an option of Tocsin.
    .enablePositionalOptions();
  const state = () => new Option('--state <folder>', 'the state folder of this laptop').default('.tocsin');
  const located = (command: Command) =>
    command
      .addOption(state())
      .option('--stack <name>', 'a deployed state stack (<name>-<stage>-state) instead of this laptop')
      .option('--profile <name>', 'AWS profile')
      .option('--region <name>', 'AWS Region')
      .option('--config <file>', `the config file (default: ${defaultConfig})`)
      .option('--stage <name>', 'the stage of the config (default: the first)');

  program
    .command('init')
    .description('create the files of a new deployment in this folder; existing files are not changed')
    .option('-y, --yes', 'use the defaults without asking questions')
    .option('--name <name>', 'the name of the deployment (default: the name of the package)')
    .option('--url <url>', 'the URL of a service to monitor')
    .option('--email <address>', 'the email address that receives the alerts')
    .action(async (options) => (await import('./commands/init.ts')).init(options, terminal));

  program
    .command('config')
    .description('every helper of a config; with a name, its options')
    .argument('[name]', 'a helper, such as health or serviceDown; without it, the list')
    .action(async (name: string | undefined) => (await import('./commands/config.ts')).config(name, terminal));

  program
    .command('start')
    .description('run the pipeline on this machine with your own config, or run the demo')
    .option('--config <file>', `your config (default: ${defaultConfig} if it exists in this folder, else the demo)`)
    .option('--demo', 'run the demo even if this folder has a config; ignored with --config')
    .option('--stage <name>', 'the stage of the config (default: the first)')
    .option('--once', 'run every check once and print a table; exits with 1 if anything is unhealthy')
    .option('--print', 'print messages in the terminal instead of sending them')
    .option('--ses', 'send email through Amazon SES with your AWS credentials')
    .addOption(
      new Option('--port <number>', 'port of the demo service; the Slack stand-in uses the next port')
        .default(4510)
        .argParser(port),
    )
    .addOption(state())
    .action(async (options: { config?: string; stage?: string; once?: boolean; state: string; port: number }) => {
      if (options.once) {
        const { once } = await import('./commands/once.ts');
        exitCode = (await once({ ...options, config: options.config ?? defaultConfig }, terminal)) ? 0 : 1;
      } else await (await import('./commands/start.ts')).start(options, terminal);
    });

  program
    .command('simulate')
    .description('run a scenario on a virtual clock')
    .argument('[scenario]', 'a bundled scenario or a file (default: list the bundled scenarios)')
    .option(
      '--config <file>',
      `the config to simulate (default: ${defaultConfig} if it exists in this folder, else the bundled example)`,
    )
    .option('--stage <name>', 'the stage of the config (default: the first)')
    .action(async (name: string | undefined, options) =>
      (await import('./commands/simulate.ts')).simulateCommand(name, options, terminal),
    );

  const historyCommand = program.command('history').description('read the execution history');
  for (const which of ['runs', 'failed'] as const) {
    located(historyCommand.command(which))
      .description(which === 'runs' ? 'list recent batch runs' : 'list recent failed runs of checks and batch jobs')
      .addOption(new Option('--days <number>', 'number of days to read').default(7).argParser(days))
      .option('--json', 'print JSON')
      .action(async (options) => (await import('./commands/history.ts')).history(which, options, terminal));
  }

  located(program.command('check'))
    .description('run a check now; exits with 1 if anything is unhealthy')
    .addArgument(new Argument('<kind>', 'the kind of check').choices(checkKinds.map(({ name }) => name)))
    .argument('[target]', 'one target (default: all targets with this check)')
    .option('--json', 'print JSON')
    .action(async (kind: string, target: string | undefined, options: StoreLocation & { json?: boolean }) => {
      exitCode = (await (await import('./commands/check.ts')).check(kind, target, options, terminal)) ? 0 : 1;
    });

  const batch = program.command('batch').description('run batch jobs').enablePositionalOptions();
  located(batch.command('run'))
    .description('run a command as a batch job and report its result')
    .argument('<job>', 'the batch job in the config')
    .argument('[command...]', 'the command, after two hyphens')
    .option('--bus <name>', 'report to the event bus of a deployed pipeline (<name>-<stage>)')
    .option('--total <number>', 'the number of items in the run')
    .option('--successful <number>', 'the number of items that succeeded')
    .option('--failed <number>', 'the number of items that failed')
    .option('--read-counts', 'read total, successful and failed from the last JSON line of the output')
    .action(async (job: string, command: string[], options: StoreLocation & BatchRunOptions) => {
      exitCode = await (await import('./commands/batch.ts')).batchRunCommand(job, command, options, terminal);
    });

  addDeadLetters(program, located, terminal);

  const rules = program.command('rules').description('list, lint, test, export and explain rules');
  const ofConfig = (command: Command) =>
    command
      .option('--config <file>', 'the config file', defaultConfig)
      .option('--stage <name>', 'the stage of the config (default: the first)');
  ofConfig(rules.command('list'))
    .description('list each rule: its condition, and the channels that it notifies')
    .option('--json', 'print JSON')
    .action(async (options) => (await import('./commands/rules.ts')).listRules(options, terminal));
  ofConfig(rules.command('lint'))
    .description('find alarms that never fire, always fire, fire late or cannot notify')
    .option('--json', 'print JSON')
    .action(async (options) => {
      exitCode = (await (await import('./commands/rules.ts')).lintCommand(options, terminal)) ? 0 : 1;
    });
  ofConfig(rules.command('test'))
    .description('evaluate rules over given series and compare the results with the expected ones')
    .argument('<files...>', 'YAML files with rule tests')
    .action(async (files: string[], options) => {
      exitCode = (await (await import('./commands/rules.ts')).testRules(files, options, terminal)) ? 0 : 1;
    });

  const exportCommand = rules
    .command('export')
    .description('export the rules to Prometheus and the routes to Alertmanager');
  const exported = (command: Command) =>
    ofConfig(command).option('--out <folder>', 'write files to this folder (default: print)');
  exported(exportCommand.command('prometheus'))
    .description('write the alarms as Prometheus alerting rules, and rule tests as promtool unit tests')
    .argument('[tests...]', 'YAML files with rule tests; requires --out')
    .addOption(
      new Option('--scrape-interval <time>', 'the scrape interval of Prometheus: 15s, 1m')
        .default(defaultScraping.scrapeSeconds, '15s')
        .argParser(span),
    )
    .action(async (tests: string[], options) =>
      (await import('./commands/export.ts')).exportPrometheus(tests, options, terminal),
    );
  exported(exportCommand.command('alertmanager'))
    .description('write an Alertmanager config that notifies the same channels; it refers to secrets as files')
    .option('--smarthost <host:port>', 'the SMTP server for email', 'smtp.example.com:587')
    .option('--secrets <folder>', 'the folder of the secret files', '/etc/alertmanager/secrets')
    .action(async (options) => (await import('./commands/export.ts')).exportAlertmanager(options, terminal));
  located(rules.command('explain'))
    .description('show when a rule fires and whom it notifies, or an incident and its timeline')
    .argument('<rule>', '<target>/<rule id>, or the id of an incident: inc-e5e479036451')
    .option('--at <time>', "also show the incident at this time: 2026-11-21T02:10:00Z, or '2026-11-21 02:10'")
    .option('--json', 'print JSON')
    .action(async (rule: string, options) => (await import('./commands/explain.ts')).explain(rule, options, terminal));

  addBacktest(located(rules.command('backtest')), days, terminal);

  ofConfig(program.command('cost'))
    .description('estimate the monthly cost of a deployment; exits with 1 if it exceeds the budget')
    .option('--json', 'print JSON')
    .addHelpText('after', costHelp)
    .action(async (options) => {
      exitCode = (await (await import('./commands/cost.ts')).costCommand(options, terminal)) ? 0 : 1;
    });

  ofConfig(program.command('docs'))
    .description('write runbooks and a metrics glossary for your config; your own text on a page is not changed')
    .option('--out <folder>', 'the folder to write to (default: docs/<name>-<stage>)')
    .addOption(new Option('--region <name>', 'AWS Region, for links to the alarms in the console').argParser(region))
    .action(async (options) => (await import('./commands/docs.ts')).docs(options, terminal));

  const logsCommand = program.command('logs').description('read the logs of the functions of a deployed stack');
  for (const which of ['tail', 'errors'] as const) {
    const command = logsCommand
      .command(which)
      .description(which === 'tail' ? 'print all log lines in order of time' : 'print only errors and timeouts')
      .option('--stack <name>', 'the pipeline stack, <name>-<stage>-pipeline (default: the stack of the config)')
      .option('--config <file>', 'the config of the stack', defaultConfig)
      .option('--stage <name>', 'the stage of the config (default: the first)')
      .option('--profile <name>', 'AWS profile')
      .option('--region <name>', 'AWS Region')
      .option('--function <name>', 'one function, for example alert-router (default: all)')
      .addOption(new Option('--since <time>', 'how far to read back: 30m, 1h, 2d').default(3600, '1h').argParser(span));
    if (which === 'tail') command.option('--follow', 'continue until Ctrl-C');
    command.action(async (options) => (await import('./commands/logs.ts')).logs(which, options, terminal));
  }

  program
    .command('demo')
    .description('make the running demo service fail, or repair it')
    .argument('[mode]', 'down, slow, model-not-loaded, errors or ok (default: list the modes)')
    .addOption(new Option('--port <number>', 'port of the demo service').default(4510).argParser(port))
    .action(async (mode: string | undefined, options: { port: number }) =>
      (await import('./commands/demo.ts')).demo(mode, options, terminal),
    );

  try {
    await program.parseAsync(argv);
    return exitCode;
  } catch (error) {
    return failure(error);
  }
}

function failure(error: unknown): number {
  const description = describeFailure(error, process.env);
  if (description !== undefined) terminal.warn(description);
  return error instanceof CommanderError ? error.exitCode : 1;
}
