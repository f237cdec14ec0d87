import { type Unit, unitNotation } from './unit.ts';

/** Created once, because creation is expensive. A number has fewer than 20 digits, so nothing is rounded. */
const decimal = new Intl.NumberFormat('en-US', { maximumFractionDigits: 20 });
const withUnit = (value: number, unit: Unit) => `${decimal.format(value + 0)}${unitNotation(unit).suffix}`;

/** The unit of a statistic: a number of samples is a count, whatever the unit of the metric. */
export const readingUnit = (unit: Unit, statistic: string): Unit => (statistic === 'SampleCount' ? 'Count' : unit);

/**
 * Formats a measured value with its unit: no decimals from 1000 on, otherwise three significant digits, and at most two
 * decimals from 1 on. A share just below 100 % is never shown as 100 %.
 * @param threshold the value gets as many digits as it needs to differ from this threshold
 */
export function formatValue(value: number, unit: Unit, threshold?: number): string {
  const rounded = rough(value, unit);
  if (threshold === undefined || value === threshold || rounded !== threshold) return withUnit(rounded, unit);
  for (let digits = 4; digits < 15; digits += 1) {
    const finer = Number(value.toPrecision(digits));
    if (finer !== threshold) return withUnit(finer, unit);
  }
  return withUnit(value, unit);
}

/** Formats a threshold of the config with its unit: all digits, except for floating-point errors (0.1 + 0.2). */
export const formatThreshold = (threshold: number, unit: Unit): string =>
  withUnit(Number(threshold.toPrecision(12)), unit);

function rough(value: number, unit: Unit): number {
  const size = Math.abs(value);
  if (Number.isInteger(value) || size >= 1000) return Math.round(value);
  if (unit === 'Percent' && value > 99 && value < 100)
    return Number((100 - Number((100 - value).toPrecision(2))).toPrecision(12));
  const digits = Number(value.toPrecision(3));
  return size < 1 ? digits : Number(digits.toFixed(2));
}
