import * as z from 'zod';

const secondsIn = { second: 1, minute: 60, hour: 3600, day: 86_400, week: 604_800 } as const;
type Unit = keyof typeof secondsIn;

/** A length of time in words: `'30 seconds'`, `'1 minute'`, `'26 hours'`. */
export type Duration = `${number} ${Unit | `${Unit}s`}`;

/** The duration in seconds. Undefined if the text is not a duration. */
export function parseDuration(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?) (second|minute|hour|day|week)s?$/.exec(text);
  // Rounded to milliseconds, so that 1.1 minutes are exactly 66 seconds.
  return match ? Math.round(Number(match[1]) * secondsIn[match[2] as Unit] * 1000) / 1000 : undefined;
}

/** The longest duration in a config, in seconds: 366 days. */
const longest = 366 * 86_400;

/** A duration as text, including zero, in seconds after validation. */
export const anyDuration = z
  .custom<Duration>((value) => typeof value === 'string' && parseDuration(value) !== undefined, {
    error: "is not a duration; write a number and a unit, as in '30 seconds', '5 minutes' or '1 day'",
  })
  .transform((text) => parseDuration(text)!)
  .refine((seconds) => seconds <= longest, 'is longer than a year; use 366 days or less');

/** A duration in the config, in seconds after validation: from one second to one year. */
export const duration = anyDuration.refine((seconds) => seconds >= 1, 'is shorter than a second; use 1 second or more');

/** Formats seconds with at most two units: `42 s`, `3 min`, `1 h 22 min`, `2 d 4 h`. */
export function formatDuration(seconds: number): string {
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
