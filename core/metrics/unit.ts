/** How a unit is written: after a value in a message, and at the end of a name in Prometheus. */
interface UnitWords {
  /** What stands after a value, with its space. */
  readonly says: string;
  /** How a Prometheus name ends by it: https://prometheus.io/docs/practices/naming. Percent stays percent, as people say it. */
  readonly prometheus: string;
}

const words = {
  Seconds: { says: ' s', prometheus: '_seconds' },
  Milliseconds: { says: ' ms', prometheus: '_milliseconds' },
  Microseconds: { says: ' µs', prometheus: '_microseconds' },
  Bytes: { says: ' B', prometheus: '_bytes' },
  Kilobytes: { says: ' KB', prometheus: '_kilobytes' },
  Megabytes: { says: ' MB', prometheus: '_megabytes' },
  Gigabytes: { says: ' GB', prometheus: '_gigabytes' },
  Terabytes: { says: ' TB', prometheus: '_terabytes' },
  Bits: { says: ' bit', prometheus: '_bits' },
  Kilobits: { says: ' kbit', prometheus: '_kilobits' },
  Megabits: { says: ' Mbit', prometheus: '_megabits' },
  Gigabits: { says: ' Gbit', prometheus: '_gigabits' },
  Terabits: { says: ' Tbit', prometheus: '_terabits' },
  Percent: { says: ' %', prometheus: '_percent' },
  Count: { says: '', prometheus: '' },
  'Bytes/Second': { says: ' B/s', prometheus: '_bytes_per_second' },
  'Kilobytes/Second': { says: ' KB/s', prometheus: '_kilobytes_per_second' },
  'Megabytes/Second': { says: ' MB/s', prometheus: '_megabytes_per_second' },
  'Gigabytes/Second': { says: ' GB/s', prometheus: '_gigabytes_per_second' },
  'Terabytes/Second': { says: ' TB/s', prometheus: '_terabytes_per_second' },
  'Bits/Second': { says: ' bit/s', prometheus: '_bits_per_second' },
  'Kilobits/Second': { says: ' kbit/s', prometheus: '_kilobits_per_second' },
  'Megabits/Second': { says: ' Mbit/s', prometheus: '_megabits_per_second' },
  'Gigabits/Second': { says: ' Gbit/s', prometheus: '_gigabits_per_second' },
  'Terabits/Second': { says: ' Tbit/s', prometheus: '_terabits_per_second' },
  'Count/Second': { says: '/s', prometheus: '_per_second' },
  None: { says: '', prometheus: '' },
} as const satisfies Record<string, UnitWords>;

/** The units of CloudWatch (`StandardUnit`), all of them. A threshold is always in the unit of its metric. */
export type Unit = keyof typeof words;
export const units = Object.keys(words) as [Unit, ...Unit[]];

/** How a unit is written. */
export const unitWords = (unit: Unit): UnitWords => words[unit];
