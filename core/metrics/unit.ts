/** How a unit is written: after a value in a message, and as the suffix of a Prometheus name. */
interface UnitNotation {
  /** The text after a value, including the space. */
  readonly suffix: string;
  /** The suffix of a Prometheus name: https://prometheus.io/docs/practices/naming. Percent is not converted to a ratio. */
  readonly prometheus: string;
}

const notations = {
  Seconds: { suffix: ' s', prometheus: '_seconds' },
  Milliseconds: { suffix: ' ms', prometheus: '_milliseconds' },
  Microseconds: { suffix: ' µs', prometheus: '_microseconds' },
  Bytes: { suffix: ' B', prometheus: '_bytes' },
  Kilobytes: { suffix: ' KB', prometheus: '_kilobytes' },
  Megabytes: { suffix: ' MB', prometheus: '_megabytes' },
  Gigabytes: { suffix: ' GB', prometheus: '_gigabytes' },
  Terabytes: { suffix: ' TB', prometheus: '_terabytes' },
  Bits: { suffix: ' bit', prometheus: '_bits' },
  Kilobits: { suffix: ' kbit', prometheus: '_kilobits' },
  Megabits: { suffix: ' Mbit', prometheus: '_megabits' },
  Gigabits: { suffix: ' Gbit', prometheus: '_gigabits' },
  Terabits: { suffix: ' Tbit', prometheus: '_terabits' },
  Percent: { suffix: ' %', prometheus: '_percent' },
  Count: { suffix: '', prometheus: '' },
  'Bytes/Second': { suffix: ' B/s', prometheus: '_bytes_per_second' },
  'Kilobytes/Second': { suffix: ' KB/s', prometheus: '_kilobytes_per_second' },
  'Megabytes/Second': { suffix: ' MB/s', prometheus: '_megabytes_per_second' },
  'Gigabytes/Second': { suffix: ' GB/s', prometheus: '_gigabytes_per_second' },
  'Terabytes/Second': { suffix: ' TB/s', prometheus: '_terabytes_per_second' },
  'Bits/Second': { suffix: ' bit/s', prometheus: '_bits_per_second' },
  'Kilobits/Second': { suffix: ' kbit/s', prometheus: '_kilobits_per_second' },
  'Megabits/Second': { suffix: ' Mbit/s', prometheus: '_megabits_per_second' },
  'Gigabits/Second': { suffix: ' Gbit/s', prometheus: '_gigabits_per_second' },
  'Terabits/Second': { suffix: ' Tbit/s', prometheus: '_terabits_per_second' },
  'Count/Second': { suffix: '/s', prometheus: '_per_second' },
  None: { suffix: '', prometheus: '' },
} as const satisfies Record<string, UnitNotation>;

/** All units of CloudWatch (`StandardUnit`). A threshold is always in the unit of its metric. */
export type Unit = keyof typeof notations;
export const units = Object.keys(notations) as [Unit, ...Unit[]];

/** How a unit is written. */
export const unitNotation = (unit: Unit): UnitNotation => notations[unit];
