import * as z from 'zod';

/** The accepted formats of timestamps in a file of recorded values. */
export const momentForms = 'ISO 8601 with a zone (2026-11-01T02:00:00Z), or epoch seconds or milliseconds';

const zoned = z.regexes.datetime({ offset: true });
const zoneless = z.regexes.datetime({ local: true });
const seconds = /^\d{9,10}(\.\d+)?$/;
const milliseconds = /^\d{12,13}$/;

/**
 * Parses a timestamp of a file. Returns epoch milliseconds, or what is wrong with the text. Offsets may differ between
 * rows; a text without an offset is ambiguous and is refused.
 */
export function readMoment(text: string): number | { says: string } {
  if (milliseconds.test(text)) return Number(text);
  if (seconds.test(text)) return Math.round(Number(text) * 1000);
  if (zoned.test(text)) return Date.parse(text);
  const iso = normalized(text);
  if (zoned.test(iso)) return Date.parse(iso);
  if (zoneless.test(iso)) return { says: `has no time zone; write ${text}Z, or ${text}+01:00` };
  if (/^\d{14,19}$/.test(text))
    return { says: 'is more precise than milliseconds; write epoch seconds or milliseconds' };
  return { says: `is not a timestamp; expected ${momentForms}` };
}

/** Converts `2026-11-01 02:00+0100`, as databases and spreadsheets write it, to the ISO 8601 format. */
const normalized = (text: string) =>
  text
    .replace(/^(\d{4}-\d\d-\d\d) (?=\d)/, '$1T')
    .replace(/ ?([+-]\d\d):?(\d\d)$/, '$1:$2')
    .replace(/([+-]\d\d)$/, (offset) => (text.includes(':') ? `${offset}:00` : offset));
