import type { Unit } from './metric.ts';

const suffix: Record<Unit, string> = { Seconds: ' s', Percent: ' %', Gigabytes: ' GB', Count: '', None: '' };

/** A value as a person writes it: three significant digits at least, whole numbers whole, and its unit. */
export function sayValue(value: number, unit: Unit): string {
  const rounded = Number.isInteger(value) || Math.abs(value) >= 1000 ? Math.round(value) : Number(value.toPrecision(3));
  return `${rounded.toLocaleString('en-US', { maximumFractionDigits: 6 })}${suffix[unit]}`;
}
