import { type Unit, unitWords } from './unit.ts';

/** Made once: a formatter costs more than what it formats. 20 digits are more than a number has: it rounds nothing. */
const decimal = new Intl.NumberFormat('en-US', { maximumFractionDigits: 20 });
const say = (value: number, unit: Unit) => `${decimal.format(value + 0)}${unitWords(unit).says}`;

/** The unit in which a statistic of a metric is read: a number of samples is a count, whatever the samples are in. */
export const readingUnit = (unit: Unit, statistic: string): Unit => (statistic === 'SampleCount' ? 'Count' : unit);

/**
 * A measured value as a person writes it, with its unit: whole from 1000 on, else three significant digits, two decimals
 * at most from 1 on. A share just below 100 % never reads as 100 %.
 * @param limit what the value is held against: it gets as many digits as it takes to read as another number
 */
export function sayValue(value: number, unit: Unit, limit?: number): string {
  const rounded = rough(value, unit);
  if (limit === undefined || value === limit || rounded !== limit) return say(rounded, unit);
  for (let digits = 4; digits < 15; digits += 1) {
    const finer = Number(value.toPrecision(digits));
    if (finer !== limit) return say(finer, unit);
  }
  return say(value, unit);
}

/** A limit as the config has it, with its unit: every digit but those that only a computer makes (0.1 + 0.2). */
export const sayLimit = (limit: number, unit: Unit): string => say(Number(limit.toPrecision(12)), unit);

function rough(value: number, unit: Unit): number {
  const size = Math.abs(value);
  if (Number.isInteger(value) || size >= 1000) return Math.round(value);
  if (unit === 'Percent' && value > 99 && value < 100)
    return Number((100 - Number((100 - value).toPrecision(2))).toPrecision(12));
  const digits = Number(value.toPrecision(3));
  return size < 1 ? digits : Number(digits.toFixed(2));
}
