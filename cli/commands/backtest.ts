import { writeFileSync } from 'node:fs';
import { useOneOf } from '../../core/definition/did-you-mean.ts';
import { sayCondition } from '../../core/rules/say-condition.ts';
import { formatDuration } from '../../core/time/duration.ts';
import { inZone } from '../../core/time/zone.ts';
import { UserError } from '../../core/user-error.ts';
import { yieldToEventLoop } from '../../laptop/yield-to-event-loop.ts';
import { backtest, type Result, rhythmOf, spanOf } from '../../tools/backtest/backtest.ts';
import type { Recorded } from '../../tools/backtest/point-collector.ts';
import type { Outage } from '../../tools/backtest/score.ts';
import {
  durationProblem,
  type FoundRule,
  metricRules,
  type Variant,
  variantsOf,
} from '../../tools/backtest/variants.ts';
import type { Shown } from '../backtest/picture.ts';
import { type RecordingOptions, readOutagesFile, readRecorded } from '../backtest/recordings.ts';
import { backtestTable } from '../backtest/table.ts';
import { progress } from '../progress.ts';
import type { Terminal } from '../terminal.ts';
import { documentOf } from './rules.ts';

export interface BacktestOptions extends RecordingOptions {
  threshold?: number[];
  /** Seconds. */
  for?: number[];
  outages?: string;
  /** Seconds. */
  flapWithin: number;
  picture?: string;
  json?: boolean;
}

/** The maximum number of variants: more are probably a mistake. */
const maxVariants = 200;

/** `tocsin rules backtest <rule>`: evaluates a rule over recorded values. */
export async function backtestCommand(name: string, options: BacktestOptions, terminal: Terminal): Promise<void> {
  const document = await documentOf(options);
  const found = metricRules(document).get(name);
  if (!found)
    throw new UserError(`The config has no metric rule ${name}; ${useOneOf(name, [...metricRules(document).keys()])}.`);
  if (options.picture !== undefined && !/\.(svg|html)$/.test(options.picture))
    throw new UserError(`--picture must be an .svg or .html file, but is ${options.picture}.`);
  const variants = variantsToTry(document, found, options);
  const condition = sayCondition(document, found.rule);

  const line = progress();
  try {
    const recorded = await readRecorded(
      document,
      { alarm: currentOf(variants).alarm, target: found.target.name },
      options,
      line,
    );
    const { outages, warnings } = await outagesWithin(options.outages, recorded);
    const results: Result[] = [];
    const yardstick = { timeZone: document.timeZone, flapWithinSeconds: options.flapWithin, outages };
    for (const result of backtest(variants, recorded, yardstick)) {
      results.push(result);
      line.at(`${results.length} of ${variants.length} variants`);
      await yieldToEventLoop();
    }
    line.end();
    const report = {
      name,
      condition,
      results,
      recorded,
      warnings: [...recorded.warnings, ...warnings, ...sparse(recorded, variants)],
    };
    if (options.json) terminal.print(JSON.stringify(asJson(report), undefined, 2));
    else printResults(report, document.timeZone, options, terminal);
    if (options.picture !== undefined) {
      await draw(options.picture, { name, condition, results, recorded, outages, timeZone: document.timeZone });
      terminal.warn(`Wrote the picture to ${options.picture}.`);
    }
  } finally {
    line.end();
  }
}

/** The chart library is large: it is loaded only if a picture is needed. */
async function draw(file: string, shown: Shown): Promise<void> {
  const { drawSvg } = await import('../backtest/picture.ts');
  const { drawPage } = await import('../backtest/page.ts');
  writeFileSync(file, file.endsWith('.html') ? drawPage(shown, backtestTable(shown.results)) : drawSvg(shown));
}

function variantsToTry(
  document: Parameters<typeof variantsOf>[0],
  found: FoundRule,
  options: BacktestOptions,
): Variant[] {
  const durations = options.for ?? [];
  for (const seconds of durations) {
    const problem = durationProblem(document, found, seconds);
    if (problem) throw new UserError(`--for: ${formatDuration(seconds)} ${problem}.`);
  }
  const variants = variantsOf(document, found, { thresholds: options.threshold ?? [], durations });
  if (variants.length > maxVariants)
    throw new UserError(`${variants.length} variants are too many. Specify at most ${maxVariants}.`);
  return variants;
}

/** An outage outside the time of the recording can be neither detected nor missed. */
async function outagesWithin(
  file: string | undefined,
  recorded: Recorded,
): Promise<{ outages: Outage[] | undefined; warnings: string[] }> {
  if (file === undefined) return { outages: undefined, warnings: [] };
  const all = await readOutagesFile(file);
  const { start, end } = spanOf(recorded);
  const outages = all.filter(({ from, to }) => to > start && from < end);
  const left = all.length - outages.length;
  const warnings =
    left === 0 ? [] : [`${left} of ${all.length} outages are outside the recording and are ignored: ${file}`];
  return { outages, warnings };
}

function sparse(recorded: Recorded, variants: readonly Variant[]): string[] {
  const [{ step }, { periodSeconds }] = [rhythmOf(recorded), currentOf(variants).alarm];
  return step !== undefined && step > periodSeconds
    ? [
        `values are ${formatDuration(step)} apart, but the period of the rule is ${formatDuration(periodSeconds)}: most datapoints are missing`,
      ]
    : [];
}

const currentOf = <V extends Variant>(variants: readonly V[]): V => variants.find(({ current }) => current)!;

function formatGaps(recorded: Recorded): string {
  const { gaps, longestGap } = rhythmOf(recorded);
  return gaps === 0 ? '' : `, ${gaps} ${gaps === 1 ? 'gap' : 'gaps'} of up to ${formatDuration(longestGap)}`;
}

interface Report {
  name: string;
  condition: string;
  results: readonly Result[];
  recorded: Recorded & { source: string };
  warnings: readonly string[];
}

const iso = (at: number) => new Date(at).toISOString();

function asJson({ name, condition, results, recorded, warnings }: Report) {
  const { start, end } = spanOf(recorded);
  return {
    rule: name,
    condition,
    source: recorded.source,
    from: iso(start),
    to: iso(end),
    points: recorded.recording.times.length,
    warnings,
    results: results.map(({ current, threshold, forSeconds, score, alerts }) => ({
      current,
      threshold,
      forSeconds,
      ...score,
      periods: alerts.map(({ from, to, open }) => ({ from: iso(from), to: iso(to), ...(open && { open }) })),
    })),
  };
}

function printResults(
  { name, condition, results, recorded, warnings }: Report,
  timeZone: string,
  options: BacktestOptions,
  terminal: Terminal,
): void {
  const { start, end } = spanOf(recorded);
  const points = recorded.recording.times.length.toLocaleString('en-US');
  terminal.print(`${name}   ${condition}`);
  terminal.print(
    `${points} values from ${inZone(start, timeZone)} to ${inZone(end, timeZone)} (${timeZone})${formatGaps(recorded)}, ${recorded.source}`,
  );
  for (const warning of warnings) terminal.warn(`! ${warning}`);
  terminal.print(`\n${backtestTable(results)}\n`);
  const notes = [
    '* the current rule',
    `flap: an alert that opens within ${formatDuration(options.flapWithin)} after the previous alert ended`,
    'nights: nights with an alert that opened from 22:00 to 07:00',
    ...(results.some(({ alerts }) => alerts.at(-1)?.open)
      ? ['an alert that is open at the end of the recording is counted until that time']
      : []),
  ];
  terminal.print(notes.join('\n'));
}
