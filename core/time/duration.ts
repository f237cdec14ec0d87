import * as z from 'zod';

const secondsIn = { second: 1, minute: 60, hour: 3600, day: 86_400, week: 604_800 } as const;
type Unit = keyof typeof secondsIn;

/** A length of time in words: `'30 seconds'`, `'1 minute'`, `'26 hours'`. */
export type Duration = `${number} ${Unit | `${Unit}s`}`;

/** Seconds in a duration, or undefined when the text is none. */
export function parseDuration(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?) (second|minute|hour|day|week)s?$/.exec(text);
  // To the millisecond: 1.1 minutes are 66 seconds and no trillionth more.
  return match ? Math.round(Number(match[1]) * secondsIn[match[2] as Unit] * 1000) / 1000 : undefined;
}

/** The longest duration that a config may state, in seconds: 366 days. */
const longest = 366 * 86_400;

/** Any length of time as text, also none at all, in seconds after validation. */
export const anyDuration = z
  .custom<Duration>((value) => typeof value === 'string' && parseDuration(value) !== undefined, {
    error: "is not a duration; write a number and a unit, as in '30 seconds', '5 minutes' or '1 day'",
  })
  .transform((text) => parseDuration(text)!)
  .refine((seconds) => seconds <= longest, 'is longer than a year; write 366 days or less');

/** A duration in the config, in seconds after validation: from a second to a year. */
export const duration = anyDuration.refine(
  (seconds) => seconds >= 1,
  'is shorter than a second; write 1 second or more',
);

/** Seconds as a person says them, two units at most: `42 s`, `3 min`, `1 h 22 min`, `2 d 4 h`. */
export function sayDuration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const [days, hours, minutes, rest] = [whole / 86_400, (whole / 3600) % 24, (whole / 60) % 60, whole % 60].map(
    Math.floor,
  );
  const parts = [
    [days, 'd'],
    [hours, 'h'],
    [minutes, 'min'],
    [rest, 's'],
  ] as const;
  const first = parts.findIndex(([count]) => count! > 0);
  return parts
    .slice(first, first + 2)
    .filter(([count]) => count! > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ');
}
