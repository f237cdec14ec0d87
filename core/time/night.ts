/** The night, as hours of the day: a notification in this time probably wakes somebody. */
export const night = { from: 22, to: 7 } as const;

const formats = new Map<string, Intl.DateTimeFormat>();

/** The hour and the calendar day of a time in a time zone. */
function localHour(at: number, timeZone: string): { day: string; hour: number } {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
    formats.set(timeZone, format);
  }
  const [day, time] = format.format(at).split(' ') as [string, string];
  return { day, hour: Number(time.slice(0, 2)) };
}

/** The night that contains a time, named after the day of its evening (`2026-11-21`). Undefined during the day. */
export function nightOf(at: number, timeZone: string): string | undefined {
  const { day, hour } = localHour(at, timeZone);
  if (hour >= night.from) return day;
  // Noon in UTC of the previous day is on the calendar day of the evening, even if the clock was changed.
  return hour < night.to ? new Date(Date.parse(`${day}T12:00:00Z`) - 86_400_000).toISOString().slice(0, 10) : undefined;
}
