import type { Unit } from './metric.ts';

/** What stands after a value of this unit. */
export const suffix: Record<Unit, string> = {
  Seconds: ' s',
  Percent: ' %',
  Bytes: ' B',
  Gigabytes: ' GB',
  Count: '',
  None: '',
};

/** Made once: a formatter costs more than what it formats. */
const decimal = new Intl.NumberFormat('en-US', { maximumFractionDigits: 6 });

/** A value as a person writes it: whole numbers whole, others with three significant digits, two decimals at most (three below 1), and its unit. */
export function sayValue(value: number, unit: Unit): string {
  const rounded =
    Number.isInteger(value) || Math.abs(value) >= 1000
      ? Math.round(value)
      : Number(Number(value.toPrecision(3)).toFixed(Math.abs(value) < 1 ? 3 : 2));
  return `${decimal.format(rounded)}${suffix[unit]}`;
}
