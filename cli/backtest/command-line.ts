import { type Command, InvalidArgumentError, Option } from 'commander';
import { parseDuration } from '../../core/time/duration.ts';
import type { Terminal } from '../terminal.ts';

const oneDuration = (text: string) => {
  const seconds = parseDuration(text.trim());
  if (!seconds) throw new InvalidArgumentError(`${text} is not a duration; write one as in '5 minutes'`);
  return seconds;
};

const durations = (text: string) => text.split(',').map(oneDuration);

const numbers = (text: string) =>
  text.split(',').map((part) => {
    if (part.trim() === '' || !Number.isFinite(Number(part)))
      throw new InvalidArgumentError(`"${part}" is not a number; write them as in 1,2.5,5`);
    return Number(part);
  });

const backtestHelp = `
Without a source the values are those of the execution history on this laptop (or with --stack, of a deployed one).

Examples:
  tocsin rules backtest classifier/slow-responses --threshold 1,2,5 --for '2 minutes,5 minutes'
  tocsin rules backtest classifier/slow-responses --csv latency.csv --outages outages.csv --picture latency.svg
  tocsin rules backtest classifier/slow-responses --live --days 15 --profile prod --region eu-central-1`;

/** Gives a command the arguments and options of a backtest. @param days reads a number of days */
export function addBacktest(command: Command, days: (text: string) => number, terminal: Terminal): void {
  command
    .description('what a rule would have done: alerts, flaps and nights over recorded values')
    .argument('<rule>', '<target>/<rule id>, as in rules list')
    .addOption(new Option('--threshold <list>', "thresholds to try, in the metric's unit: 1,2,5").argParser(numbers))
    .addOption(new Option('--for <list>', "durations to try: '2 minutes,5 minutes'").argParser(durations))
    .option('--csv <file>', 'values from a CSV of timestamp,value')
    .option('--prometheus <file>', 'values from an answer of /api/v1/query_range')
    .option('--metric-data <file>', 'values from the output of aws cloudwatch get-metric-data')
    .option('--live', 'values from CloudWatch, with your AWS credentials')
    .option('--series <which>', 'one series of several: \'instance="a"\' for Prometheus, an Id for metric data')
    .addOption(new Option('--days <number>', 'how far back in the history or CloudWatch').default(14).argParser(days))
    .option('--outages <file>', 'a CSV of start,end[,label]: what should have been detected')
    .addOption(
      new Option('--flap-within <duration>', 'an alert this soon after the one before is a flap')
        .default(900, '15 minutes')
        .argParser(oneDuration),
    )
    .option('--picture <file>', 'draws values, threshold and alerts into an .svg or .html')
    .option('--json', 'as JSON')
    .addHelpText('after', backtestHelp)
    .action(async (rule: string, options) =>
      (await import('../commands/backtest.ts')).backtestCommand(rule, options, terminal),
    );
}
