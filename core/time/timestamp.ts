const iso =
  /^(\d{4}-?\d\d-?\d\d)[T ](\d\d):?(\d\d)(?::?(\d\d))?(?:[.,](\d+))? ?(?:(?:Z|UTC|GMT)|([+-]\d\d)(?::?(\d\d))?)?$/i;

/** Java appends the name of the zone to the offset. The offset is sufficient. */
const zoneBehindOffset = /(?<=Z|[+-]\d\d:\d\d)\[[\w/+-]+\]$/;

/** HTTP and mail write `Sat, 21 Nov 2026 02:10:00 GMT` (or `+0100`), `date` and `ctime` write `Sat Nov 21 02:10:00 UTC 2026`. */
const english = [
  /^(?:\w{3}, )?(\d{1,2} \w{3} \d{4} \d\d:\d\d:\d\d) (?:GMT|UTC|([+-]\d{4}))$/,
  /^\w{3} (\w{3} {1,2}\d{1,2} \d\d:\d\d:\d\d) (?:(?:GMT|UTC) )?()(\d{4})$/,
];

/** A number counts seconds, milliseconds, microseconds or nanoseconds: the first unit that gives a date before the year 5000. */
const latestSeconds = 1e11;

/**
 * Parses a timestamp, in milliseconds. Undefined if the format is unknown. Accepts ISO 8601 with any offset (`Z`, `+01:00`,
 * `+0100`, `-03`) and fractions of a second, HTTP dates, the output of `date`, and numbers of seconds, milliseconds,
 * microseconds or nanoseconds since 1970, also as text. A time without an offset is UTC.
 */
export function parseTimestamp(value: unknown): number | undefined {
  if (typeof value === 'number') return ofNumber(value);
  if (typeof value !== 'string') return undefined;
  const text = value.trim().replace(zoneBehindOffset, '');
  if (/^\d{9,19}(\.\d+)?$/.test(text)) return ofNumber(Number(text));
  const match = iso.exec(text);
  if (!match) return ofEnglish(text);
  const [, day = '', hour, minute, second = '00', fraction = '', hours, more = '00'] = match;
  const date = day.replace(/^(\d{4})-?(\d\d)-?(\d\d)$/, '$1-$2-$3');
  // A date that does not exist is rejected. A leap second counts as the second before it.
  if (!new Date(Date.parse(date) || 0).toISOString().startsWith(date)) return undefined;
  const millis = fraction.slice(0, 3).padEnd(3, '0');
  const offset = hours === undefined ? 'Z' : `${hours}:${more}`;
  return inRange(Date.parse(`${date}T${hour}:${minute}:${second === '60' ? '59' : second}.${millis}${offset}`));
}

function ofNumber(value: number): number | undefined {
  if (value < latestSeconds) return inRange(value * 1000);
  const unit = [1, 1e3, 1e6].find((perMs) => value < latestSeconds * 1000 * perMs);
  return unit && inRange(Math.floor(value / unit));
}

function ofEnglish(text: string): number | undefined {
  const match = english.map((form) => form.exec(text)).find((found) => found !== null);
  if (!match) return undefined;
  const [, moment, offset, year = ''] = match;
  return inRange(Date.parse(`${moment} ${year} ${offset || 'UTC'}`));
}

const inRange = (at: number): number | undefined => (Number.isFinite(at) && Math.abs(at) <= 8.64e15 ? at : undefined);
