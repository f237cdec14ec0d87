import * as z from 'zod';

/** What a file of recorded values may say of time. */
export const momentForms = 'ISO 8601 with a zone (2026-11-01T02:00:00Z), or epoch seconds or milliseconds';

const zoned = z.regexes.datetime({ offset: true });
const zoneless = z.regexes.datetime({ local: true });
const seconds = /^\d{9,10}(\.\d+)?$/;
const milliseconds = /^\d{12,13}$/;

/**
 * A moment that a file names, in epoch milliseconds; or what is wrong with it, reading on from the text. Offsets may
 * differ from row to row, since each says exactly when; a text without one does not.
 */
export function readMoment(text: string): number | { says: string } {
  if (milliseconds.test(text)) return Number(text);
  if (seconds.test(text)) return Math.round(Number(text) * 1000);
  if (zoned.test(text)) return Date.parse(text);
  const iso = normalized(text);
  if (zoned.test(iso)) return Date.parse(iso);
  if (zoneless.test(iso)) return { says: `has no time zone; write ${text}Z, or ${text}+01:00` };
  if (/^\d{14,19}$/.test(text)) return { says: 'is finer than milliseconds; write epoch seconds or milliseconds' };
  return { says: `is no moment; expected ${momentForms}` };
}

/** `2026-11-01 02:00+0100`, as databases and spreadsheets write it, in ISO's own form. */
const normalized = (text: string) =>
  text
    .replace(/^(\d{4}-\d\d-\d\d) (?=\d)/, '$1T')
    .replace(/ ?([+-]\d\d):?(\d\d)$/, '$1:$2')
    .replace(/([+-]\d\d)$/, (offset) => (text.includes(':') ? `${offset}:00` : offset));
