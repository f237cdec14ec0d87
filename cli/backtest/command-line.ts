import { type Command, InvalidArgumentError, Option } from 'commander';
import { parseDuration } from '../../core/time/duration.ts';
import type { Terminal } from '../terminal.ts';

const oneDuration = (text: string) => {
  const seconds = parseDuration(text.trim());
  if (!seconds) throw new InvalidArgumentError(`${text} is not a duration. Specify one such as '5 minutes'.`);
  return seconds;
};

const durations = (text: string) => text.split(',').map(oneDuration);

const numbers = (text: string) =>
  text.split(',').map((part) => {
    if (part.trim() === '' || !Number.isFinite(Number(part)))
      throw new InvalidArgumentError(`"${part}" is not a number. Specify numbers such as 1,2.5,5.`);
    return Number(part);
  });

const backtestHelp = `
Without a source, the values come from the execution history of this laptop, or of a deployed stack with --stack.

Examples:
  tocsin rules backtest classifier/slow-responses --threshold 1,2,5 --for '2 minutes,5 minutes'
  tocsin rules backtest classifier/slow-responses --csv latency.csv --outages outages.csv --picture latency.svg
  tocsin rules backtest classifier/slow-responses --live --days 15 --profile prod --region eu-central-1`;

/** Gives a command the arguments and options of a backtest. @param days reads a number of days */
export function addBacktest(command: Command, days: (text: string) => number, terminal: Terminal): void {
  command
    .description('evaluate a rule over recorded values and count alerts, flaps and nights')
    .argument('<rule>', '<target>/<rule id>, as printed by rules list')
    .addOption(
      new Option('--threshold <list>', 'thresholds to compare, in the unit of the metric: 1,2,5').argParser(numbers),
    )
    .addOption(new Option('--for <list>', "durations to compare: '2 minutes,5 minutes'").argParser(durations))
    .option('--csv <file>', 'values from a CSV file with the columns timestamp,value')
    .option('--prometheus <file>', 'values from a response of /api/v1/query_range')
    .option('--metric-data <file>', 'values from the output of aws cloudwatch get-metric-data')
    .option('--live', 'values from CloudWatch, with your AWS credentials')
    .option('--series <which>', 'select one series: \'instance="a"\' for Prometheus, an Id for metric data')
    .addOption(
      new Option('--days <number>', 'number of days to read from the history or CloudWatch')
        .default(14)
        .argParser(days),
    )
    .option(
      '--outages <file>',
      'a CSV file with the columns start,end[,label]: the outages that the rule should detect',
    )
    .addOption(
      new Option('--flap-within <duration>', 'an alert that opens within this time after the previous alert is a flap')
        .default(900, '15 minutes')
        .argParser(oneDuration),
    )
    .option('--picture <file>', 'draw values, threshold and alerts into an .svg or .html file')
    .option('--json', 'print JSON')
    .addHelpText('after', backtestHelp)
    .action(async (rule: string, options) =>
      (await import('../commands/backtest.ts')).backtestCommand(rule, options, terminal),
    );
}
