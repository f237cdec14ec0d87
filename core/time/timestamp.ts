const iso = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(:\d\d)?(?:[.,](\d+))? ?(?:(Z|UTC|GMT)|([+-]\d\d)(?::?(\d\d))?)?$/i;

/** From here on a number counts milliseconds: as seconds it would lie beyond the year 5000. */
const firstMilliseconds = 1e11;

/**
 * A moment as programs write it, in milliseconds, or undefined when it is not understood: ISO 8601 with any offset (`Z`,
 * `+01:00`, `+0100`, `-03`) and digits of a second, HTTP dates, and numbers of seconds or milliseconds since 1970. A time
 * without an offset is UTC: services seldom say it and seldom mean another.
 */
export function parseTimestamp(value: unknown): number | undefined {
  if (typeof value === 'number') return inRange(value < firstMilliseconds ? value * 1000 : value);
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  const match = iso.exec(text);
  if (!match)
    return /^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d (GMT|UTC)$/.test(text) ? inRange(Date.parse(text)) : undefined;
  const [, day, minutes, seconds = ':00', fraction = '', , hours, more = '00'] = match;
  const millis = fraction.slice(0, 3).padEnd(3, '0');
  const offset = hours === undefined ? 'Z' : `${hours}:${more}`;
  return inRange(Date.parse(`${day}T${minutes}${seconds}.${millis}${offset}`));
}

const inRange = (at: number): number | undefined => (Number.isFinite(at) && Math.abs(at) <= 8.64e15 ? at : undefined);
