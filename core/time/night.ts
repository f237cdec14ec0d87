/** Evening and morning, as hours of the day: who is told in between was probably asleep. */
export const night = { from: 22, to: 7 } as const;

const formats = new Map<string, Intl.DateTimeFormat>();

/** The hour of a moment in a time zone, and the calendar day that it belongs to. */
function localHour(at: number, timeZone: string): { day: string; hour: number } {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
    formats.set(timeZone, format);
  }
  const [day, time] = format.format(at).split(' ') as [string, string];
  return { day, hour: Number(time.slice(0, 2)) };
}

/** The night that a moment lies in, named after the day of its evening (`2026-11-21`); undefined by day. */
export function nightOf(at: number, timeZone: string): string | undefined {
  const { day, hour } = localHour(at, timeZone);
  if (hour >= night.from) return day;
  // Noon of the day before, in UTC, is the evening's calendar day wherever the clock was changed.
  return hour < night.to ? new Date(Date.parse(`${day}T12:00:00Z`) - 86_400_000).toISOString().slice(0, 10) : undefined;
}
